import path from 'node:path';
import type { HostEnvironment } from '../../base/host-environment.ts';
import { lookAtFile } from './look-at-file.ts';

/**
 * The folders of PATH, in order, without repetition. Relative and empty entries are separate: they mean the current folder
 * or one below it, so a workspace could slip in programs of its own.
 */
export function pathFolders({ env, platform }: HostEnvironment): {
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
