import path from 'node:path';
import { workerFileName } from './place.ts';

/** Contains a folder for each worker that this tool has built. */
export function storeFolder(cacheFolder: string): string {
  return path.join(cacheFolder, 'workers');
}

interface StoredWorker {
  /** `official` */
  readonly name: string;
  /** Node version. */
  readonly version: string;
  /** Hex digits that distinguish different sources of one version. */
  readonly key: string;
}

export function storedWorkerPath(cacheFolder: string, worker: StoredWorker, platform: NodeJS.Platform): string {
  const folder = `${worker.name}-${worker.version}-${worker.key}`;
  return path.join(storeFolder(cacheFolder), folder, workerFileName(platform));
}
