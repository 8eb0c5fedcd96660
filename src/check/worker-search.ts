/** How to search for a worker and examine candidates, for given settings. */
import { join } from 'node:path';
import { omitUndefined } from '../base/omit-undefined.ts';
import { findNativeEngine } from '../toolchain/native-engine/place.ts';
import type { BuiltInOptions } from '../worker/built-in/built-in-worker.ts';
import type { HostDirectories } from '../worker/host/host-directories.ts';
import type { LocateRequest } from '../worker/locate/locate.ts';
import type { CandidateOptions } from '../worker/probe/examine.ts';
import type { CheckEnvironment } from './check-environment.ts';
import type { WorkerSettings } from './check-settings.ts';

/** How long a worker may take to connect, in milliseconds. Polkadot's host waits 3 s. A cold disk may need more. */
export const spawnTimeoutMs = 10_000;

export function workerSearch(
  { worker, workspaceFolders, trustWorkspace }: WorkerSettings,
  environment: CheckEnvironment,
): LocateRequest {
  const { cwd, homeFolder, cacheFolder, package: own, processEnv, platform, systemFolders } = environment;
  return {
    ...omitUndefined({ wanted: worker, systemFolders }),
    workspaceFolders,
    trustWorkspace,
    cwd,
    homeFolder,
    cacheFolder,
    packageFolder: own.root,
    env: processEnv,
    platform,
  };
}

export async function candidateOptions(
  settings: WorkerSettings,
  environment: CheckEnvironment,
  { factsCache, scratch }: HostDirectories,
): Promise<CandidateOptions> {
  const { log, guard } = environment;
  const builtIn = await builtInOptions(settings, environment);
  return {
    factsCache,
    scratch,
    spawnTimeoutMs,
    log,
    guard,
    builtIn,
    ...omitUndefined({ forcedRevision: settings.wireRevision }),
  };
}

/** The built-in worker with its store in the cache folder, and with the native helper if there is one. */
export async function builtInOptions(
  { instances, costs }: Pick<WorkerSettings, 'instances' | 'costs'>,
  { cacheFolder, package: { root, version }, platform, arch }: CheckEnvironment,
): Promise<BuiltInOptions> {
  const nativeEngine = await findNativeEngine({ cacheFolder, engineFolder: join(root, 'engine'), platform, arch });
  return {
    packageFolder: root,
    packageVersion: version,
    storeFolder: join(cacheFolder, 'functions'),
    instances,
    ...omitUndefined({ nativeEngine, costs }),
  };
}
