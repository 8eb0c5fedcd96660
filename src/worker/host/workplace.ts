import { join } from 'node:path';
import { textOf } from '../../base/errors.ts';
import type { ExitGuard } from '../../base/exit-guard.ts';
import type { Log } from '../../base/log.ts';
import { ArtifactStore } from '../artifacts/artifact-store.ts';
import type { KeptFacts } from '../artifacts/kept.ts';
import { defaultStoreLimits } from '../artifacts/prune.ts';
import { KnownWorkers } from '../probe/known-workers.ts';
import { makePrivateFolder } from '../process/private-folder.ts';

/** The folders that a host works in. */
export interface Workplace extends AsyncDisposable {
  /** Private (0700), with a short path: for sockets and probes. */
  readonly scratch: string;
  readonly artifacts: ArtifactStore<KeptFacts>;
  readonly known: KnownWorkers;
}

/**
 * Opens the workplace below the user's cache folder. Where that can't be written, all is kept in a temporary folder
 * instead, with a warning: a full or read-only home must not keep anybody from an answer.
 * Rejects with the system's error when no temporary folder can be made either.
 */
export async function openWorkplace(cacheFolder: string, guard: ExitGuard, log: Log): Promise<Workplace> {
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

async function openArtifacts(cacheFolder: string, scratch: string, log: Log): Promise<ArtifactStore<KeptFacts>> {
  try {
    return await ArtifactStore.open(join(cacheFolder, 'artifacts'), defaultStoreLimits);
  } catch (error) {
    log.warn(
      `The cache folder ${cacheFolder} can't be written (${textOf(error)}). Artifacts go to a temporary folder and are not kept; PVF_CACHE_DIR names another place.`,
    );
    return ArtifactStore.open(join(scratch, 'artifacts'), defaultStoreLimits);
  }
}
