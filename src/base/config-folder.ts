import path from 'node:path';
import type { HostEnvironment } from './host-environment.ts';

interface ConfigFolderContext extends HostEnvironment {
  /** Absolute path of the user's home folder. */
  readonly homeFolder: string;
}

/** Returns the folder of the user's own configuration of this tool, without touching the disk. Ignores relative paths. */
export function configFolder({ platform, env, homeFolder }: ConfigFolderContext): string {
  const { join, isAbsolute } = platform === 'win32' ? path.win32 : path.posix;
  const absolute = (name: string) => {
    const value = env[name];
    return value !== undefined && isAbsolute(value) ? value : undefined;
  };
  if (platform === 'win32') return join(absolute('APPDATA') ?? join(homeFolder, 'AppData', 'Roaming'), 'polkadot-pvf');
  if (platform === 'darwin') return join(homeFolder, 'Library', 'Application Support', 'polkadot-pvf');
  return join(absolute('XDG_CONFIG_HOME') ?? join(homeFolder, '.config'), 'polkadot-pvf');
}
