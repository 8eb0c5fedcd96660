import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { lookFor } from './look-at-file.ts';
import { joinParts, justPlace, type PlaceSource, type SearchPart } from './place.ts';

/** Names of the subfolders, sorted; empty when the folder is missing or can't be read. */
async function subfolders(parent: string): Promise<readonly string[]> {
  try {
    const entries = await readdir(parent, { withFileTypes: true });
    const named = entries.filter((entry) => !entry.isFile() && !entry.name.startsWith('.'));
    return named.map((entry) => entry.name).sort();
  } catch {
    return [];
  }
}

export interface FolderSearch {
  readonly source: PlaceSource;
  /** The folder whose subfolders may each hold a worker. */
  readonly parent: string;
  readonly fileName: string;
  /** The note for a worker in that subfolder. */
  readonly noteFor: (subfolder: string) => string;
  readonly noteForNone: string;
  /** Subfolders whose workers come after all the others. */
  readonly last?: readonly string[];
}

/**
 * Looks for `<parent>/<any>/<file name>`, newest first. Does not list the subfolders without one, since a target folder has
 * many that hold other things. When no subfolder has one, a single place says so.
 */
export async function lookInSubfolders(search: FolderSearch): Promise<SearchPart> {
  const { source, parent, fileName } = search;
  const names = await subfolders(parent);
  const looks = names.map(async (name) => ({
    isLast: search.last?.includes(name) ?? false,
    part: await lookFor(source, path.join(parent, name, fileName), search.noteFor(name)),
  }));
  const present = (await Promise.all(looks)).filter(({ part }) => part.places[0]?.state !== 'missing');
  if (present.length === 0) {
    const pattern = path.join(parent, '*', fileName);
    return justPlace({ source, path: pattern, state: 'missing', note: search.noteForNone });
  }
  const age = ({ part }: (typeof present)[number]) => -(part.candidates[0]?.modifiedMs ?? 0);
  const ordered = present.toSorted((a, b) => Number(a.isLast) - Number(b.isLast) || age(a) - age(b));
  return joinParts(ordered.map(({ part }) => part));
}
