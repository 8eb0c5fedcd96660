/** Finds the `pvf.json` that counts for a folder. */
import { lstat } from 'node:fs/promises';
import path from 'node:path';
import { isInside } from '../../base/paths.ts';
import { type ConfigRequest, configFileName } from './config-request.ts';

/** No path is deeper. */
const MAX_LEVELS = 256;

/**
 * The nearest `pvf.json` from a folder upward, as far as the root of the repository and never above `top`. Without a repository
 * and without `top`, only the folder itself counts. Undefined: there is none.
 */
export async function findConfigFile({ from, top }: Pick<ConfigRequest, 'from' | 'top'>): Promise<string | undefined> {
  for (const folder of await searchedFolders(from, top)) {
    const file = path.join(folder, configFileName);
    if (await exists(file)) return file;
  }
  return undefined;
}

/** From the folder upward. Empty when it is not inside `top`. */
export async function searchedFolders(from: string, top?: string): Promise<readonly string[]> {
  if (top !== undefined && !isInside(from, top)) return [];
  const folders: string[] = [];
  for (let folder = path.resolve(from); folders.length < MAX_LEVELS; folder = path.dirname(folder)) {
    folders.push(folder);
    if (folder === top || (await exists(path.join(folder, '.git')))) return folders;
    if (folder === path.dirname(folder)) break;
  }
  return folders.slice(0, 1);
}

/** A file that can't be read exists, so that reading it gives the error. */
async function exists(file: string): Promise<boolean> {
  return lstat(file).then(
    () => true,
    ({ code }: NodeJS.ErrnoException) => code !== 'ENOENT' && code !== 'ENOTDIR' && code !== 'EACCES',
  );
}
