import { access, constants, realpath, stat } from 'node:fs/promises';
import type { WorkerPlace, WorkerSource } from '../../model/workers.ts';
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
    return unusable((error as NodeJS.ErrnoException).code ?? String(error), await exists(path));
  }
}

function unusable(code: string, isPresent: boolean): FileLook {
  if (absent.has(code)) return { state: 'missing', note: 'The file does not exist.' };
  if (code === 'EACCES' && isPresent)
    return { state: 'not-executable', note: 'The file is not executable (use chmod +x).' };
  return { state: 'not-looked-at', note: `The file can't be accessed (${code}).` };
}

/** Distinguishes a file without execute permission from a folder without access: both are EACCES. */
function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

/**
 * Searches one path.
 * @param note for an existing file
 */
export async function lookFor(source: WorkerSource, path: string, note: string): Promise<SearchResult> {
  const file = await lookAtFile(path);
  if (file.state !== 'found') return withoutCandidate({ source, path, ...file });
  const { state, realPath, modifiedMs } = file;
  return { places: [{ source, path, state, note }], candidates: [{ source, path, realPath, modifiedMs }] };
}
