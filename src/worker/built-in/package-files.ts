import { join } from 'node:path';
import { bundleFile } from '../../base/bundles.ts';

/** The parts of the built-in worker in a package: the built sources, and the engine that ships with them. */
export interface BuiltInFiles {
  /** The worker's program, for Node. */
  readonly bundle: string;
  /** The program of its threads, which it looks for beside itself. */
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
    manifest: join(media, 'pvf-engine.json'),
  };
}
