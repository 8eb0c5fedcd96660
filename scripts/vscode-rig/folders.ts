import { homedir } from 'node:os';
import path from 'node:path';
import { cacheFolder } from '../../src/base/cache-folder.ts';

/** The clone. */
export const root = path.resolve(import.meta.dirname, '../..');

/** Where real VS Codes are kept between runs. */
export function rigCacheFolder(): string {
  return path.join(cacheFolder({ platform: process.platform, env: process.env, homeFolder: homedir() }), 'vscode-rig');
}

/** For what a failed run leaves to be looked at. Git does not see it. */
export const logsFolder = path.join(root, 'out/vscode-logs');
