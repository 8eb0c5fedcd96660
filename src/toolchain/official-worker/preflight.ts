import path from 'node:path';
import { formatBytes } from '../../base/units.ts';
import { lookAtFile } from '../../worker/locate/look-at-file.ts';
import { storedWorkerPath } from '../../worker/locate/store-folder.ts';
import { type Inspected, type InspectOptions, inspectMachine } from '../cargo/inspect.ts';
import type { BuildProblem } from '../cargo/problem.ts';
import { findCompiler, findMake, type ToolSurroundings } from '../cargo/tools.ts';
import { readTemplate, type Template } from './template.ts';

export interface PreflightOptions extends InspectOptions {
  /** `media/official-worker` of this package. */
  readonly templateFolder: string;
  /** What a whole build takes on disk, where it is known better than by our own measurement. */
  readonly wholeBuildBytes?: number;
}

/** What a build would do, need and lack, known before it starts. */
export interface Preflight extends Inspected {
  readonly template: Template;
  /** Where the worker will stand. */
  readonly workerPath: string;
  /** It stands there already: there is nothing to do. */
  readonly isInstalled: boolean;
  /** Where cargo works; it is removed after a build that succeeds. */
  readonly buildFolder: string;
  /** Sentences for a person, to be shown before the build starts. */
  readonly plan: readonly string[];
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
  const found = await inspectMachine(options, {
    buildFolder,
    rustVersion: template.rustVersion,
    wholeBuildBytes: options.wholeBuildBytes ?? WHOLE_BUILD_BYTES,
    missingTools,
  });
  return { ...common, ...found, plan: planOf({ ...common, ...found }) };
}

async function missingTools(surroundings: ToolSurroundings): Promise<readonly BuildProblem[]> {
  const [compiler, make] = await Promise.all([findCompiler(surroundings), findMake(surroundings)]);
  return [
    ...(compiler === undefined ? [{ kind: 'no-c-compiler' } as const] : []),
    // Only on Linux is jemalloc the worker's allocator.
    ...(make === undefined && surroundings.platform === 'linux' ? [{ kind: 'no-make' } as const] : []),
  ];
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
