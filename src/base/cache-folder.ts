import path from 'node:path';

export interface CacheFolderSurroundings {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Absolute path of the user's home folder. */
  readonly homeFolder: string;
}

/**
 * The user's cache folder for this tool; nothing is made or looked at. `PVF_CACHE_DIR` names it outright, otherwise it
 * stands where the platform has its caches. A relative path counts as not set, as the XDG base directory specification
 * asks: it would be another folder in each current directory.
 *
 * (The package env-paths knows the same places, but it reads platform, environment and home once when it is imported, so
 * neither the override nor another platform could be tested.)
 */
export function cacheFolder({ platform, env, homeFolder }: CacheFolderSurroundings): string {
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
