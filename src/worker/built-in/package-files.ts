import { join } from 'node:path';

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
    bundle: join(dist, 'portable-worker.cjs'),
    thread: join(dist, 'engine-thread.cjs'),
    media,
    manifest: join(media, 'pvf-engine.json'),
  };
}
