import path from 'node:path';
import type { ExitGuard } from '../../base/exit-guard.ts';
import { formatBytes } from '../../base/units.ts';
import { lookAtFile } from '../locate/look-at-file.ts';
import { storedWorkerPath } from '../locate/store-folder.ts';
import { bytesBelow, freeBytesOf, nearestFolder, whyNotWritable } from './disk.ts';
import type { BuildProblem } from './problem.ts';
import { readTemplate, type Template } from './template.ts';
import { type Cargo, type Environment, findCargo, findCompiler, findMake, isAtLeast } from './tools.ts';

export interface PreflightOptions {
  readonly cacheFolder: string;
  /** `media/official-worker` of this package. */
  readonly templateFolder: string;
  /** The user's own environment; cargo gets it as it is. */
  readonly env: Environment;
  readonly platform: NodeJS.Platform;
  readonly guard: ExitGuard;
  readonly signal: AbortSignal;
  /** What a whole build takes on disk, where it is known better than by our own measurement. */
  readonly wholeBuildBytes?: number;
}

/** What a build would do, need and lack, known before it starts. */
export interface Preflight {
  readonly template: Template;
  /** Where the worker will stand. */
  readonly workerPath: string;
  /** It stands there already: there is nothing to do. */
  readonly isInstalled: boolean;
  /** Where cargo works; it is removed after a build that succeeds. */
  readonly buildFolder: string;
  /** An earlier build left some of its work there. */
  readonly resumes: boolean;
  readonly cargo?: Cargo;
  readonly compiler?: string;
  readonly freeBytes?: number;
  /** What the build still writes to the build folder, at most. */
  readonly neededBytes: number;
  /** Sentences for a person, to be shown before the build starts. */
  readonly plan: readonly string[];
  /** Empty when the build can start. */
  readonly problems: readonly BuildProblem[];
}

/** The target folder takes 1.7 GB on x86_64 Linux with Rust 1.95, the crates' sources in the cargo home 0.5 GB more. */
const WHOLE_BUILD_BYTES = 2_500_000_000;

/** Looks whether the official worker can be built here. Rejects with the signal's reason, or when the template is damaged. */
export async function preflight(options: PreflightOptions): Promise<Preflight> {
  const { cacheFolder, templateFolder, platform } = options;
  const template = await readTemplate(templateFolder);
  const { version, key } = template;
  const workerPath = storedWorkerPath(cacheFolder, { name: 'official', version, key }, platform);
  const isInstalled = (await lookAtFile(workerPath)).state === 'found';
  const buildFolder = path.join(cacheFolder, 'build', `official-${key}`);
  const common = { template, workerPath, isInstalled, buildFolder };
  if (isInstalled) {
    const plan = [`Polkadot's prepare worker ${version} stands at ${workerPath} already.`];
    return { ...common, resumes: false, neededBytes: 0, plan, problems: [] };
  }
  if (platform === 'win32') {
    return {
      ...common,
      resumes: false,
      neededBytes: 0,
      plan: [],
      problems: [{ kind: 'unsupported-platform', platform }],
    };
  }
  const found = await lookAround(options, template, buildFolder);
  return { ...common, ...found, plan: planOf({ ...common, ...found }) };
}

type Found = Pick<Preflight, 'resumes' | 'cargo' | 'compiler' | 'freeBytes' | 'neededBytes' | 'problems'>;

async function lookAround(options: PreflightOptions, template: Template, buildFolder: string): Promise<Found> {
  const { env, platform, guard, signal } = options;
  const folder = await nearestFolder(options.cacheFolder);
  const surroundings = { env, platform, cwd: folder, guard, signal };
  const [cargo, compiler, make, done, freeBytes, closed] = await Promise.all([
    findCargo(surroundings),
    findCompiler(surroundings),
    findMake(surroundings),
    bytesBelow(buildFolder),
    freeBytesOf(folder),
    whyNotWritable(folder),
  ]);
  const neededBytes = Math.max((options.wholeBuildBytes ?? WHOLE_BUILD_BYTES) - done, 0);
  const problems: readonly (BuildProblem | undefined)[] = [
    'kind' in cargo ? cargo : ageOf(cargo, template.rustVersion),
    compiler === undefined ? { kind: 'no-c-compiler' } : undefined,
    // Only on Linux is jemalloc the worker's allocator.
    make === undefined && platform === 'linux' ? { kind: 'no-make' } : undefined,
    closed === undefined ? undefined : { kind: 'cache-folder', folder, words: closed },
    freeBytes !== undefined && freeBytes < neededBytes
      ? { kind: 'no-space', folder, freeBytes, neededBytes }
      : undefined,
  ];
  return {
    resumes: done > 0,
    ...('kind' in cargo ? {} : { cargo }),
    ...(compiler === undefined ? {} : { compiler }),
    ...(freeBytes === undefined ? {} : { freeBytes }),
    neededBytes,
    problems: problems.filter((problem) => problem !== undefined),
  };
}

function ageOf({ path: program, version }: Cargo, needed: string): BuildProblem | undefined {
  if (isAtLeast(version, needed)) return undefined;
  return { kind: 'cargo-too-old', path: program, found: version, needed };
}

function planOf(found: Omit<Preflight, 'plan'>): readonly string[] {
  const { template, cargo, neededBytes, freeBytes, buildFolder, workerPath } = found;
  const free = freeBytes === undefined ? '' : ` (${formatBytes(freeBytes)} free)`;
  return [
    `Polkadot's prepare worker ${template.version} is built from its published crates` +
      `${cargo ? ` with ${cargo.path} ${cargo.version}` : ''}: about 15 minutes of CPU time.`,
    'cargo gets some 420 crates (40 MB) from the registry that it is set up for, unless it has them.',
    `It needs Rust ${template.rustVersion}, a C compiler and make; neither protoc nor libclang.`,
    `While it runs it takes up to ${formatBytes(neededBytes)} in ${buildFolder}${free}; 21 MB of that stay, as ${workerPath}.`,
    ...(found.resumes ? ['It goes on from what an earlier build has done.'] : []),
  ];
}
