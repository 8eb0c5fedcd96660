/** What a check needs of this machine, as src/cli/surroundings.ts gives it to the command line. */
import { homedir } from 'node:os';
import { cacheFolder } from '../../base/cache-folder.ts';
import type { ExitGuard } from '../../base/exit-guard.ts';
import type { Log } from '../../base/log.ts';
import { ownBuiltIn } from '../../check/own-built-in.ts';
import type { HostDirectories } from '../../worker/host/host-directories.ts';
import type { LocateRequest } from '../../worker/locate/locate.ts';
import type { CandidateOptions } from '../../worker/probe/examine-candidate.ts';
import type { CheckSettings } from '../core/check-settings.ts';
import type { ThreadData } from './messages.ts';

export interface ThreadSurroundings extends ThreadData {
  readonly cacheFolder: string;
  readonly log: Log;
  readonly guard: ExitGuard;
}

/** Polkadot's host waits 3 s; a cold disk may need more. */
export const spawnTimeoutMs = 10_000;

export function ownCacheFolder(): string {
  return cacheFolder({ platform: process.platform, env: process.env, homeFolder: homedir() });
}

export function workerSearch(settings: CheckSettings, surroundings: ThreadSurroundings): LocateRequest {
  const { worker, workspaceFolders, trustWorkspace } = settings;
  const { cacheFolder, packageFolder } = surroundings;
  const homeFolder = homedir();
  return {
    ...(worker === undefined ? {} : { wanted: worker }),
    workspaceFolders,
    trustWorkspace,
    cwd: homeFolder,
    homeFolder,
    cacheFolder,
    packageFolder,
    env: process.env,
    platform: process.platform,
  };
}

export async function examineOptions(
  { instances }: CheckSettings,
  { known, scratch }: HostDirectories,
  { guard, log, cacheFolder, packageFolder, packageVersion }: ThreadSurroundings,
): Promise<CandidateOptions> {
  const builtIn = await ownBuiltIn({ packageFolder, packageVersion, cacheFolder, instances });
  return { known, scratch, spawnTimeoutMs, log, guard, builtIn };
}
