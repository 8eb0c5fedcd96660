import { homedir } from 'node:os';
import path from 'node:path';
import { cacheFolder } from '../../src/base/cache-folder.ts';

/** The repository. */
export const root = path.resolve(import.meta.dirname, '../..');

/** The folder of VS Codes that are kept between runs. */
export function rigCacheFolder(): string {
  return path.join(cacheFolder({ platform: process.platform, env: process.env, homeFolder: homedir() }), 'vscode-rig');
}

/** The logs of failed runs. Git ignores the folder. */
export const logsFolder = path.join(root, 'out/vscode-logs');
