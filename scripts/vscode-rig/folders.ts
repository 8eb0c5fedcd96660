import path from 'node:path';
import { keptFolder } from '../provision/kept-folder.ts';

/** The repository. */
export const root = path.resolve(import.meta.dirname, '../..');

/** The folder of VS Codes that are kept between runs. */
export function rigCacheFolder(): string {
  return keptFolder('vscode-rig');
}

/** The logs of failed runs. Git ignores the folder. */
export const logsFolder = path.join(root, 'out/vscode-logs');
