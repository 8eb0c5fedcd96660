import { join } from 'node:path';
import { errorMessage } from '../../base/errors.ts';
import type { ExitGuard } from '../../base/exit-guard.ts';
import type { Log } from '../../base/log.ts';
import { ArtifactStore } from '../artifacts/artifact-store.ts';
import { type CachedAnswer, parseCachedAnswer } from '../artifacts/cached-answer.ts';
import { defaultStoreLimits } from '../artifacts/prune.ts';
import { KnownWorkers } from '../probe/known-workers.ts';
import { makePrivateFolder } from '../process/private-folder.ts';

/** The directories that a host works in. */
export interface HostDirectories extends AsyncDisposable {
  /** Private (0700), with a short path: for sockets and probes. */
  readonly scratch: string;
  readonly artifacts: ArtifactStore<CachedAnswer>;
  readonly known: KnownWorkers;
}

/**
 * Opens the directories below the user's cache folder. If that can't be written, a temporary folder takes its place, with
 * a warning: a check must work even when the home folder is full or read-only.
 * Rejects with the system's error when no temporary folder can be made either.
 */
export async function openHostDirectories(cacheFolder: string, guard: ExitGuard, log: Log): Promise<HostDirectories> {
  const scratch = await makePrivateFolder(guard);
  try {
    const artifacts = await openArtifacts(cacheFolder, scratch.path, log);
    return {
      scratch: scratch.path,
      artifacts,
      known: new KnownWorkers(join(cacheFolder, 'known-workers')),
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
      `The cache folder ${cacheFolder} can't be written (${errorMessage(error)}). Artifacts go to a temporary folder and are not kept; PVF_CACHE_DIR names another place.`,
    );
    return openIn(scratch);
  }
}
