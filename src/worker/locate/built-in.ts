import { access, constants, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { readEngineManifest } from '../../base/engine-manifest.ts';
import { type BuiltInFiles, builtInFiles } from '../built-in/package-files.ts';
import { type Finding, justPlace, type Place } from './place.ts';

const note = 'It is part of this tool and needs nothing installed.';
const remedy = '`npm run build` makes it in the sources; else install this tool again.';

/** Looks for all parts of the worker that ships with this tool. Never rejects. */
export async function lookForBuiltIn(packageFolder: string): Promise<Finding> {
  const files = builtInFiles(packageFolder);
  const place = { source: 'built-in', path: files.bundle } as const;
  const missing = await missingPart(files);
  if (missing !== undefined) return justPlace({ ...place, state: 'missing', note: `${missing}. ${remedy}` });
  const [realPath, { mtimeMs }] = await Promise.all([realpath(files.bundle), stat(files.bundle)]);
  const found: Place = { ...place, state: 'found', note };
  return { places: [found], candidates: [{ ...place, realPath, modifiedMs: mtimeMs }] };
}

/** What of it is not there, in words. */
async function missingPart({ bundle, thread, media, manifest }: BuiltInFiles): Promise<string | undefined> {
  for (const file of [bundle, thread, manifest]) {
    if (!(await isReadable(file))) return `There is no file ${file}`;
  }
  const packed = await readEngineManifest(manifest).then(
    ({ packed }) => join(media, packed.file),
    () => undefined,
  );
  if (packed === undefined) return `${manifest} is damaged`;
  return (await isReadable(packed)) ? undefined : `There is no file ${packed}`;
}

function isReadable(file: string): Promise<boolean> {
  return access(file, constants.R_OK).then(
    () => true,
    () => false,
  );
}
