import { access, constants, realpath, stat } from 'node:fs/promises';
import type { WorkerPlace, WorkerSource } from '../../model/workers.ts';
import { type Machine, programProblem } from './check-program.ts';
import { type SearchResult, withoutCandidate } from './place.ts';

/** What a path leads to. */
type FileLook =
  | { readonly state: 'found'; readonly realPath: string; readonly modifiedMs: number }
  | { readonly state: Exclude<WorkerPlace['state'], 'found'>; readonly note: string };

const absent = new Set(['ENOENT', 'ENOTDIR']);

/** Checks for an executable file. Follows symbolic links. Never rejects. */
export async function lookAtFile(path: string): Promise<FileLook> {
  try {
    const found = await stat(path);
    if (found.isDirectory()) return { state: 'not-a-file', note: 'This is a folder, not a program.' };
    if (!found.isFile()) return { state: 'not-a-file', note: 'This is neither a file nor a link to one.' };
    await access(path, constants.X_OK);
    return { state: 'found', realPath: await realpath(path), modifiedMs: found.mtimeMs };
  } catch (error) {
    // Distinguishes a file without execute permission from a folder without access: both are EACCES.
    const found = await stat(path).catch(() => undefined);
    return unusable((error as NodeJS.ErrnoException).code ?? String(error), found?.mode);
  }
}

/** @param mode undefined: the file is not accessible */
function unusable(code: string, mode: number | undefined): FileLook {
  if (absent.has(code)) return { state: 'missing', note: 'The file does not exist.' };
  if (code !== 'EACCES' || mode === undefined) {
    return { state: 'not-looked-at', note: `The file can't be accessed (${code}).` };
  }
  const note =
    (mode & 0o111) === 0
      ? 'The file is not executable (use chmod +x).'
      : 'This user may not execute the file: its mode excludes the user, or its file system is mounted with noexec.';
  return { state: 'not-executable', note };
}

/**
 * Searches one path. A file that this machine can't run is no candidate.
 * @param note for an existing file
 */
export async function lookFor(
  source: WorkerSource,
  path: string,
  note: string,
  machine: Machine,
): Promise<SearchResult> {
  const file = await lookAtFile(path);
  if (file.state === 'found') {
    const problem = await programProblem(file.realPath, machine);
    if (problem !== undefined) return withoutCandidate({ source, path, state: 'wrong-program', note: problem });
    const { state, realPath, modifiedMs } = file;
    return { places: [{ source, path, state, note }], candidates: [{ source, path, realPath, modifiedMs }] };
  }
  // An execute permission does not help what is no program.
  const problem = file.state === 'not-executable' ? await programProblem(path, machine) : undefined;
  return withoutCandidate({ source, path, ...file, ...(problem !== undefined && { note: problem }) });
}
