import path from 'node:path';
import { workerFileName } from './place.ts';

/** The folder in which each worker that this tool has built or fetched has a folder of its own. */
export function storeFolder(cacheFolder: string): string {
  return path.join(cacheFolder, 'workers');
}

export interface StoredWorker {
  /** What it is: `official`. */
  readonly name: string;
  /** Node version. */
  readonly version: string;
  /** Hexadecimal digits that tell one source of that version from another. */
  readonly key: string;
}

export function storedWorkerPath(cacheFolder: string, worker: StoredWorker, platform: NodeJS.Platform): string {
  const folder = `${worker.name}-${worker.version}-${worker.key}`;
  return path.join(storeFolder(cacheFolder), folder, workerFileName(platform));
}
