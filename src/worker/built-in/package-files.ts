import { access, constants } from 'node:fs/promises';
import { join } from 'node:path';
import { bundleFile } from '../../base/bundles.ts';
import { engineManifestName, readEngineManifest } from '../../base/engine-manifest.ts';

/** The files of the built-in worker in a package: its bundles and the engine. */
interface BuiltInFiles {
  /** The worker's program, for Node. */
  readonly bundle: string;
  /** The program of its threads. The worker expects it beside the bundle. */
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

/** Describes the first missing or damaged file; undefined when there is none. */
export async function builtInDamage({ bundle, thread, media, manifest }: BuiltInFiles): Promise<string | undefined> {
  for (const file of [bundle, thread, manifest]) {
    if (!(await isReadable(file))) return `The file ${file} is missing`;
  }
  const packed = await readEngineManifest(manifest).then(
    ({ packed }) => join(media, packed.file),
    () => undefined,
  );
  if (packed === undefined) return `The file ${manifest} is damaged`;
  return (await isReadable(packed)) ? undefined : `The file ${packed} is missing`;
}

function isReadable(file: string): Promise<boolean> {
  return access(file, constants.R_OK).then(
    () => true,
    () => false,
  );
}
