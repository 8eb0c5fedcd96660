import { join } from 'node:path';
import { errorMessage } from '../../base/errors.ts';
import type { ExitGuard } from '../../base/exit-guard.ts';
import type { Log } from '../../base/log.ts';
import { ArtifactStore } from '../artifacts/artifact-store.ts';
import { type CachedAnswer, parseCachedAnswer } from '../artifacts/cached-answer.ts';
import { defaultStoreLimits } from '../artifacts/prune.ts';
import { WorkerFactsCache } from '../probe/worker-facts-cache.ts';
import { makePrivateFolder } from '../process/private-folder.ts';

/** The directories of a host. */
export interface HostDirectories extends AsyncDisposable {
  /** For sockets and probes. Private (0700), with a short path. */
  readonly scratch: string;
  readonly artifacts: ArtifactStore<CachedAnswer>;
  readonly factsCache: WorkerFactsCache;
}

/**
 * Opens the directories in the user's cache folder. If that is not writable, uses a temporary folder and logs a warning: a
 * check must work even when the home folder is full or read-only. Rejects with the system's error when there is no temporary
 * folder either.
 */
export async function openHostDirectories(cacheFolder: string, guard: ExitGuard, log: Log): Promise<HostDirectories> {
  const scratch = await makePrivateFolder(guard);
  try {
    const artifacts = await openArtifacts(cacheFolder, scratch.path, log);
    return {
      scratch: scratch.path,
      artifacts,
      factsCache: new WorkerFactsCache(join(cacheFolder, 'known-workers')),
      [Symbol.asyncDispose]: () => scratch[Symbol.asyncDispose](),
    };
  } catch (error) {
    await scratch[Symbol.asyncDispose]();
    throw error;
  }
}

async function openArtifacts(cacheFolder: string, scratch: string, log: Log): Promise<ArtifactStore<CachedAnswer>> {
  const openIn = (folder: string) =>
    ArtifactStore.open(join(folder, 'artifacts'), defaultStoreLimits, parseCachedAnswer);
  try {
    return await openIn(cacheFolder);
  } catch (error) {
    log.warn(
      `The cache folder ${cacheFolder} can't be written (${errorMessage(error)}). Artifacts are in a temporary folder and will be deleted. Set PVF_CACHE_DIR to another folder.`,
    );
    return openIn(scratch);
  }
}
