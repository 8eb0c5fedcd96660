import path from 'node:path';
import { absolutePathIn, type HostEnvironment } from './host-environment.ts';

interface CacheFolderContext extends HostEnvironment {
  /** Absolute path of the user's home folder. */
  readonly homeFolder: string;
}

/** `PVF_CACHE_DIR` when it is set but not absolute, so that `cacheFolder` ignores it. */
export function ignoredCacheFolder(host: HostEnvironment): string | undefined {
  const value = host.env['PVF_CACHE_DIR'];
  return value === '' || absolutePathIn(host, 'PVF_CACHE_DIR') !== undefined ? undefined : value;
}

/**
 * Returns the path of this tool's cache folder, without touching the disk: `PVF_CACHE_DIR`, or a folder in the platform's
 * cache folder. Ignores relative paths, as the XDG base directory specification requires: they would depend on the current
 * directory.
 *
 * (The package env-paths uses the same folders, but reads platform, environment and home on import, so tests could cover
 * neither the override nor other platforms.)
 */
export function cacheFolder({ homeFolder, ...host }: CacheFolderContext): string {
  const { platform } = host;
  const { join } = platform === 'win32' ? path.win32 : path.posix;
  const absolute = (name: string) => absolutePathIn(host, name);
  const chosen = absolute('PVF_CACHE_DIR');
  if (chosen !== undefined) return chosen;
  if (platform === 'win32') {
    return join(absolute('LOCALAPPDATA') ?? join(homeFolder, 'AppData', 'Local'), 'polkadot-pvf', 'Cache');
  }
  if (platform === 'darwin') return join(homeFolder, 'Library', 'Caches', 'polkadot-pvf');
  return join(absolute('XDG_CACHE_HOME') ?? join(homeFolder, '.cache'), 'polkadot-pvf');
}
