import { homedir, tmpdir } from 'node:os';
import { cacheFolder } from '../base/cache-folder.ts';
import { textOf } from '../base/errors.ts';
import type { ExitGuard } from '../base/exit-guard.ts';
import type { Log } from '../base/log.ts';
import { ownBuiltIn } from '../check/own-built-in.ts';
import { openWorkplace, type Workplace } from '../worker/host/workplace.ts';
import type { LocateRequest } from '../worker/locate/locate.ts';
import type { CandidateOptions } from '../worker/probe/examine-candidate.ts';
import { MachineError } from './exit-code.ts';
import type { Options } from './options.ts';
import type { Package } from './package.ts';
import type { ProgressLine } from './progress-line.ts';
import type { Streams } from './streams.ts';

/** All that a command needs from outside. */
export interface Surroundings {
  readonly package: Package;
  readonly streams: Streams;
  readonly progress: ProgressLine;
  readonly log: Log;
  readonly guard: ExitGuard;
  readonly signal: AbortSignal;
  readonly cacheFolder: string;
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string;
}

export function cacheFolderOf(env: NodeJS.ProcessEnv): string {
  return cacheFolder({ platform: process.platform, env, homeFolder: homedir() });
}

/** The search for a worker. Who types a command in a folder trusts it, as with cargo; an editor has to ask. */
export function workerSearch({ worker }: Options, surroundings: Surroundings): LocateRequest {
  const { env, cwd, cacheFolder, package: own } = surroundings;
  return {
    ...(worker === undefined ? {} : { wanted: worker }),
    workspaceFolders: [cwd],
    trustWorkspace: true,
    cwd,
    homeFolder: homedir(),
    cacheFolder,
    packageFolder: own.root,
    env,
    platform: process.platform,
  };
}

/** What is needed to learn what the search has found. */
export async function examineOptions(
  { wireRevision, instances }: Options,
  { known, scratch }: Workplace,
  { guard, log, cacheFolder, package: own }: Surroundings,
): Promise<CandidateOptions> {
  const builtIn = await ownBuiltIn({
    packageFolder: own.root,
    packageVersion: own.version,
    cacheFolder,
    instances,
  });
  const forced = wireRevision === undefined ? {} : { forcedRevision: wireRevision };
  return { known, scratch, spawnTimeoutMs, log, guard, builtIn, ...forced };
}

/** Rejects with `MachineError` when there is no folder at all to work in. */
export async function workplaceOf({ cacheFolder, guard, log }: Surroundings): Promise<Workplace> {
  try {
    return await openWorkplace(cacheFolder, guard, log);
  } catch (error) {
    throw new MachineError(
      `there is no folder for temporary files: ${textOf(error)}`,
      `TMPDIR names the place for them (now ${tmpdir()}).`,
    );
  }
}

/** How long a worker may take to connect. Polkadot's host gives it 3 s; a cold disk may need more. */
export const spawnTimeoutMs = 10_000;
