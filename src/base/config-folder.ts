import path from 'node:path';
import { absolutePathIn, type HostEnvironment } from './host-environment.ts';

interface ConfigFolderContext extends HostEnvironment {
  /** Absolute path of the user's home folder. */
  readonly homeFolder: string;
}

/** Returns the folder of the user's own configuration of this tool, without touching the disk. Ignores relative paths. */
export function configFolder({ homeFolder, ...host }: ConfigFolderContext): string {
  const { platform } = host;
  const { join } = platform === 'win32' ? path.win32 : path.posix;
  const absolute = (name: string) => absolutePathIn(host, name);
  if (platform === 'win32') return join(absolute('APPDATA') ?? join(homeFolder, 'AppData', 'Roaming'), 'polkadot-pvf');
  if (platform === 'darwin') return join(homeFolder, 'Library', 'Application Support', 'polkadot-pvf');
  return join(absolute('XDG_CONFIG_HOME') ?? join(homeFolder, '.config'), 'polkadot-pvf');
}
