import { homedir } from 'node:os';
import { cacheFolder } from '../base/cache-folder.ts';
import type { ExitGuard } from '../base/exit-guard.ts';
import type { Log } from '../base/log.ts';

/** What a check needs from the machine and from the program that runs it. */
export interface CheckEnvironment {
  /** This tool as it is installed. */
  readonly package: OwnPackage;
  /** The user's cache folder for this tool. It need not exist. */
  readonly cacheFolder: string;
  readonly homeFolder: string;
  /** Base of a worker's relative path. Absolute. */
  readonly cwd: string;
  readonly processEnv: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  readonly arch: NodeJS.Architecture;
  readonly log: Log;
  readonly guard: ExitGuard;
  /** Where system packages install workers. Absent: the usual folders. */
  readonly systemFolders?: readonly string[];
}

export interface OwnPackage {
  /** The folder with `package.json`. */
  readonly root: string;
  readonly name: string;
  readonly version: string;
}

/** Completes the given members with those of this process. */
export function processEnvironment(
  given: Pick<CheckEnvironment, 'package' | 'cwd' | 'log' | 'guard'>,
): CheckEnvironment {
  const { env, platform, arch } = process;
  const homeFolder = homedir();
  return {
    ...given,
    cacheFolder: cacheFolder({ platform, env, homeFolder }),
    homeFolder,
    processEnv: env,
    platform,
    arch,
  };
}
