import { realpath, stat } from 'node:fs/promises';
import { builtInDamage, builtInFiles } from '../built-in/package-files.ts';
import { justPlace, type Place, type SearchPart } from './place.ts';

const note = 'It is part of this tool and needs nothing installed.';
const remedy = '`npm run build` makes it in the sources; else install this tool again.';

/** Looks for all parts of the worker that ships with this tool. Never rejects. */
export async function lookForBuiltIn(packageFolder: string): Promise<SearchPart> {
  const files = builtInFiles(packageFolder);
  const place = { source: 'built-in', path: files.bundle } as const;
  const damage = await builtInDamage(files);
  if (damage !== undefined) return justPlace({ ...place, state: 'missing', note: `${damage}. ${remedy}` });
  const [realPath, { mtimeMs }] = await Promise.all([realpath(files.bundle), stat(files.bundle)]);
  const found: Place = { ...place, state: 'found', note };
  return { places: [found], candidates: [{ ...place, realPath, modifiedMs: mtimeMs }] };
}
