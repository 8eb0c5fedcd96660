import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { WorkerSource } from '../../model/workers.ts';
import type { Machine } from './check-program.ts';
import { lookFor } from './look-at-file.ts';
import { joinResults, type SearchResult, withoutCandidate } from './place.ts';

/** Sorted names of the subfolders; empty when the folder is missing or unreadable. */
async function subfolders(parent: string): Promise<readonly string[]> {
  const entries = await readdir(parent, { withFileTypes: true }).catch(() => []);
  const folders = entries.filter((entry) => !entry.isFile() && !entry.name.startsWith('.'));
  return folders.map(({ name }) => name).sort();
}

interface FolderSearch {
  readonly source: WorkerSource;
  /** The folder whose subfolders may each hold a worker. */
  readonly parent: string;
  readonly fileName: string;
  readonly machine: Machine;
  /** The note for a worker in the subfolder. */
  readonly noteFor: (subfolder: string) => string;
  readonly noteForNone: string;
  /** Subfolders whose workers come after all others. */
  readonly last?: readonly string[];
}

/**
 * Looks for `<parent>/<any>/<file name>`, newest first. Omits subfolders without the file, since most subfolders of a target
 * folder hold other things. If none has it, the result is one missing place.
 */
export async function lookInSubfolders(search: FolderSearch): Promise<SearchResult> {
  const { source, parent, fileName } = search;
  const names = await subfolders(parent);
  const looks = names.map(async (name) => ({
    isLast: search.last?.includes(name) ?? false,
    part: await lookFor(source, path.join(parent, name, fileName), search.noteFor(name), search.machine),
  }));
  const present = (await Promise.all(looks)).filter(({ part }) => part.places[0]?.state !== 'missing');
  if (present.length === 0) {
    const pattern = path.join(parent, '*', fileName);
    return withoutCandidate({ source, path: pattern, state: 'missing', note: search.noteForNone });
  }
  const age = ({ part }: (typeof present)[number]) => -(part.candidates[0]?.modifiedMs ?? 0);
  const ordered = present.toSorted((a, b) => Number(a.isLast) - Number(b.isLast) || age(a) - age(b));
  return joinResults(ordered.map(({ part }) => part));
}
