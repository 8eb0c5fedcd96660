import path from 'node:path';
import { lookAtFile } from './look-at-file.ts';
import type { Surroundings } from './place.ts';

/**
 * The folders of PATH, in order, without repetition. Relative and empty entries stand apart: they mean whatever folder is
 * current, so that a workspace could slip its own programs in.
 */
export function pathFolders({ env, platform }: Surroundings): {
  readonly absolute: readonly string[];
  readonly relative: readonly string[];
} {
  const { delimiter, isAbsolute } = platform === 'win32' ? path.win32 : path.posix;
  const value = platform === 'win32' ? (env['PATH'] ?? env['Path']) : env['PATH'];
  const entries = value ? [...new Set(value.split(delimiter))] : [];
  return {
    absolute: entries.filter((entry) => isAbsolute(entry)),
    relative: entries.filter((entry) => !isAbsolute(entry)),
  };
}

/** The first executable file of this name in the given folders; undefined when there is none. */
export async function firstProgram(name: string, folders: readonly string[]): Promise<string | undefined> {
  for (const folder of folders) {
    const file = path.join(folder, name);
    if ((await lookAtFile(file)).state === 'found') return file;
  }
  return undefined;
}
