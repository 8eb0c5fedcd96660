import { access, constants } from 'node:fs/promises';
import { join } from 'node:path';
import { bundleFile } from '../../base/bundles.ts';
import { engineManifestName, readEngineManifest } from '../../base/engine-manifest.ts';

/** The parts of the built-in worker in a package: its bundles, and the engine. */
export interface BuiltInFiles {
  /** The worker's program, for Node. */
  readonly bundle: string;
  /** The program of its threads. The worker expects it in the folder of the bundle. */
  readonly thread: string;
  readonly media: string;
  readonly manifest: string;
}

/** @param packageFolder the folder with `package.json` */
export function builtInFiles(packageFolder: string): BuiltInFiles {
  const [dist, media] = [join(packageFolder, 'dist'), join(packageFolder, 'media')];
  return {
    bundle: join(dist, bundleFile('portable-worker')),
    thread: join(dist, bundleFile('engine-thread')),
    media,
    manifest: join(media, engineManifestName),
  };
}

/** Says which part is missing or damaged; undefined when all are there. */
export async function builtInDamage({ bundle, thread, media, manifest }: BuiltInFiles): Promise<string | undefined> {
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
