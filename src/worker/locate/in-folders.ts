import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { lookFor } from './look-at-file.ts';
import { type Finding, joinFindings, justPlace, type PlaceSource } from './place.ts';

/** The subfolders' names, sorted; none when the folder itself is missing or closed. */
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
  /** Each of its subfolders may hold a worker. */
  readonly parent: string;
  readonly fileName: string;
  /** What to say of a worker found in that subfolder. */
  readonly noteFor: (subfolder: string) => string;
  readonly noteForNone: string;
  /** Subfolders whose workers come after all the others. */
  readonly last?: readonly string[];
}

/**
 * Looks for `<parent>/<any>/<file name>`, newest first. Subfolders without one are no places of their own: a target folder
 * has many that hold other things. When no subfolder has one, one place says so.
 */
export async function lookInSubfolders(search: FolderSearch): Promise<Finding> {
  const { source, parent, fileName } = search;
  const names = await subfolders(parent);
  const looks = names.map(async (name) => ({
    isLast: search.last?.includes(name) ?? false,
    finding: await lookFor(source, path.join(parent, name, fileName), search.noteFor(name)),
  }));
  const present = (await Promise.all(looks)).filter(({ finding }) => finding.places[0]?.state !== 'missing');
  if (present.length === 0) {
    const pattern = path.join(parent, '*', fileName);
    return justPlace({ source, path: pattern, state: 'missing', note: search.noteForNone });
  }
  const age = ({ finding }: (typeof present)[number]) => -(finding.candidates[0]?.modifiedMs ?? 0);
  const ordered = present.toSorted((a, b) => Number(a.isLast) - Number(b.isLast) || age(a) - age(b));
  return joinFindings(ordered.map(({ finding }) => finding));
}
