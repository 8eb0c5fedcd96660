import { access, constants, realpath, stat } from 'node:fs/promises';
import type { Candidate, Place, PlaceSource, PlaceState, SearchPart } from './place.ts';

/** What is at a path. */
export type FileLook =
  | { readonly state: 'found'; readonly realPath: string; readonly modifiedMs: number }
  | { readonly state: Exclude<PlaceState, 'found'>; readonly note: string };

const absent = new Set(['ENOENT', 'ENOTDIR']);

/** Looks at a path without running anything. Follows symbolic links. Never rejects. */
export async function lookAtFile(path: string): Promise<FileLook> {
  try {
    const found = await stat(path);
    if (found.isDirectory()) return { state: 'not-a-file', note: 'This is a folder, not a program.' };
    if (!found.isFile()) return { state: 'not-a-file', note: 'This is neither a file nor a link to one.' };
    await access(path, constants.X_OK);
    return { state: 'found', realPath: await realpath(path), modifiedMs: found.mtimeMs };
  } catch (error) {
    return refused((error as NodeJS.ErrnoException).code ?? String(error), await isThere(path));
  }
}

function refused(code: string, there: boolean): FileLook {
  if (absent.has(code)) return { state: 'missing', note: 'There is no such file.' };
  if (code === 'EACCES' && there) {
    return { state: 'not-executable', note: 'The file may not be executed (chmod +x would make it so).' };
  }
  return { state: 'not-looked-at', note: `The system does not let us look at it (${code}).` };
}

/** Distinguishes a file that can't be executed from a folder that can't be entered: both are EACCES. */
async function isThere(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch {
    return false;
  }
}

/** `lookAtFile` as part of the search. @param note for a file that is found */
export async function lookFor(source: PlaceSource, path: string, note: string): Promise<SearchPart> {
  const file = await lookAtFile(path);
  if (file.state !== 'found') return { places: [{ source, path, ...file }], candidates: [] };
  const place: Place = { source, path, state: 'found', note };
  const candidate: Candidate = { source, path, realPath: file.realPath, modifiedMs: file.modifiedMs };
  return { places: [place], candidates: [candidate] };
}
