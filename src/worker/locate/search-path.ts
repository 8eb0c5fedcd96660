import path from 'node:path';
import type { EnvironmentVariables, HostEnvironment } from '../../base/host-environment.ts';
import { lookAtFile } from './look-at-file.ts';
import { folderAround } from './untrusted.ts';

/**
 * The folders on PATH, in order, without duplicates. Relative and empty entries are separate: they depend on the current
 * folder, so a workspace could inject its own programs.
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

/** The first executable file with this name in the folders; undefined when there is none. */
export async function firstProgram(name: string, folders: readonly string[]): Promise<string | undefined> {
  for (const folder of folders) {
    const file = path.join(folder, name);
    if ((await lookAtFile(file)).state === 'found') return file;
  }
  return undefined;
}

/** The environment without the entries of PATH that lie in these folders, and without relative ones if there are any. */
export function withoutFoldersOnPath(host: HostEnvironment, folders: readonly string[]): EnvironmentVariables {
  const { env, platform } = host;
  const { absolute } = pathFolders(host);
  const kept = absolute.filter((entry) => folderAround(entry, folders) === undefined);
  const name = platform === 'win32' && env['PATH'] === undefined ? 'Path' : 'PATH';
  if (folders.length === 0 || env[name] === undefined) return env;
  return { ...env, [name]: kept.join(platform === 'win32' ? ';' : ':') };
}
