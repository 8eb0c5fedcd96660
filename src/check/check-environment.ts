import { mkdtempSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { cacheFolder, ignoredCacheFolder } from '../base/cache-folder.ts';
import type { ExitGuard } from '../base/exit-guard.ts';
import type { Log } from '../base/log.ts';
import { cacheFolderProblem } from '../base/safe-cache-folder.ts';
import type { OpenChain } from '../chain/chain-reader.ts';
import { openChain } from '../chain/open-chain.ts';

/** What a check needs from the machine and from the program that runs it. */
export interface CheckEnvironment {
  /** This tool as it is installed. */
  readonly package: OwnPackage;
  /** The user's cache folder for this tool. It need not exist. */
  readonly cacheFolder: string;
  /** The cache folder that is not used, because others may have written to it. `cacheFolder` is a temporary one then. */
  readonly refusedCacheFolder?: { readonly folder: string; readonly problem: string };
  readonly homeFolder: string;
  /** Base of a worker's relative path. Absolute. */
  readonly cwd: string;
  readonly processEnv: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  readonly arch: NodeJS.Architecture;
  readonly log: Log;
  readonly guard: ExitGuard;
  /** Connects to a live chain. */
  readonly openChain: OpenChain;
  /** Where system packages install workers. Absent: the usual folders. */
  readonly systemFolders?: readonly string[];
}

export interface OwnPackage {
  /** The folder with `package.json`. */
  readonly root: string;
  readonly name: string;
  readonly version: string;
}

interface GivenEnvironment extends Pick<CheckEnvironment, 'package' | 'cwd' | 'log' | 'guard'> {
  /** Folders of a workspace that is not trusted. A cache folder inside is not used. */
  readonly untrusted?: readonly string[];
}

/** Completes the given members with those of this process. */
export function processEnvironment({ untrusted = [], ...given }: GivenEnvironment): CheckEnvironment {
  const { env, platform, arch } = process;
  const homeFolder = homedir();
  const common = { ...given, homeFolder, processEnv: env, platform, arch, openChain };
  const { log, guard } = given;
  const ignored = ignoredCacheFolder({ platform, env });
  if (ignored !== undefined) log.warn(`PVF_CACHE_DIR is ignored: ${ignored} is not an absolute path.`);
  const folder = cacheFolder({ platform, env, homeFolder });
  const problem = cacheFolderProblem(folder, { uid: process.getuid?.(), gid: process.getgid?.(), untrusted });
  if (problem === undefined) return { ...common, cacheFolder: folder };
  log.warn(
    `The cache folder ${folder} is not used: ${problem}. Nothing is kept for the next run. Set PVF_CACHE_DIR to a folder of your own.`,
  );
  const temporary = mkdtempSync(join(tmpdir(), 'pvf-cache-'));
  guard.folder(temporary);
  return { ...common, cacheFolder: temporary, refusedCacheFolder: { folder, problem } };
}
