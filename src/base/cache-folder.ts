import path from 'node:path';
import type { HostEnvironment } from './host-environment.ts';

export interface CacheFolderContext extends HostEnvironment {
  /** Absolute path of the user's home folder. */
  readonly homeFolder: string;
}

/**
 * The path of the user's cache folder for this tool; this does not touch the disk. `PVF_CACHE_DIR` names it, else it is in
 * the platform's place for caches. A relative path counts as not set, as the XDG base directory specification demands: it
 * would mean another folder in each current directory.
 *
 * (The package env-paths knows the same places, but reads platform, environment and home when it is imported. Neither the
 * override nor another platform could be tested.)
 */
export function cacheFolder({ platform, env, homeFolder }: CacheFolderContext): string {
  const { join, isAbsolute } = platform === 'win32' ? path.win32 : path.posix;
  const absolute = (name: string) => {
    const value = env[name];
    return value !== undefined && isAbsolute(value) ? value : undefined;
  };
  const chosen = absolute('PVF_CACHE_DIR');
  if (chosen !== undefined) return chosen;
  if (platform === 'win32') {
    return join(absolute('LOCALAPPDATA') ?? join(homeFolder, 'AppData', 'Local'), 'polkadot-pvf', 'Cache');
  }
  if (platform === 'darwin') return join(homeFolder, 'Library', 'Caches', 'polkadot-pvf');
  return join(absolute('XDG_CACHE_HOME') ?? join(homeFolder, '.cache'), 'polkadot-pvf');
}
