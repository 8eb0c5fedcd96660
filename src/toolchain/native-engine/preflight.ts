import path from 'node:path';
import { formatBytes } from '../../base/units.ts';
import { lookAtFile } from '../../worker/locate/look-at-file.ts';
import { type Inspected, type InspectOptions, inspectMachine } from '../cargo/inspect.ts';
import { findCompiler } from '../cargo/tools.ts';
import { enginePlace } from './place.ts';
import { type EngineSources, readEngineSources } from './sources.ts';

export interface EnginePreflightOptions extends InspectOptions {
  /** `engine` of this package. */
  readonly engineFolder: string;
  readonly arch: NodeJS.Architecture;
  /** What a whole build takes on disk, where it is known better than by our own measurement. */
  readonly wholeBuildBytes?: number;
}

/** What a build of the native helper would do, need and lack, known before it starts. */
export interface EnginePreflight extends Inspected {
  readonly sources: EngineSources;
  /** Where the helper will stand. */
  readonly place: string;
  readonly isInstalled: boolean;
  /** Where cargo works; it is removed after a build that succeeds. */
  readonly buildFolder: string;
  /** Sentences for a person, to be shown before the build starts. */
  readonly plan: readonly string[];
}

/** The build folder takes 520 MB on x86_64 Linux with Rust 1.95, the crates' sources in the cargo home some more. */
const WHOLE_BUILD_BYTES = 800_000_000;

/** Looks whether the helper can be built here. Rejects with the signal's reason, or when the sources are damaged. */
export async function enginePreflight(options: EnginePreflightOptions): Promise<EnginePreflight> {
  const { cacheFolder, engineFolder, platform } = options;
  const sources = await readEngineSources(engineFolder);
  const place = enginePlace(cacheFolder, sources.key, options);
  const isInstalled = (await lookAtFile(place)).state === 'found';
  const buildFolder = path.join(cacheFolder, 'build', `engine-${sources.key}`);
  const common = { sources, place, isInstalled, buildFolder };
  if (isInstalled) {
    const plan = [`The native helper stands at ${place} already.`];
    return { ...common, resumes: false, neededBytes: 0, plan, problems: [] };
  }
  const found = await inspectMachine(options, {
    buildFolder,
    rustVersion: sources.rustVersion,
    wholeBuildBytes: options.wholeBuildBytes ?? WHOLE_BUILD_BYTES,
    // libzstd is C, and rustc links with the C compiler. On Windows cargo finds that of Visual Studio by itself, or says so.
    missingTools: async (surroundings) => {
      const isMissing = platform !== 'win32' && (await findCompiler(surroundings)) === undefined;
      return isMissing ? [{ kind: 'no-c-compiler' }] : [];
    },
  });
  return { ...common, ...found, plan: planOf({ ...common, ...found }) };
}

function planOf(found: Omit<EnginePreflight, 'plan'>): readonly string[] {
  const { sources, cargo, neededBytes, freeBytes, buildFolder, place } = found;
  const free = freeBytes === undefined ? '' : ` (${formatBytes(freeBytes)} free)`;
  return [
    `The native helper of the built-in worker is built from the sources in this package` +
      `${cargo ? ` with ${cargo.path} ${cargo.version}` : ''}: about 5 minutes of CPU time.`,
    'cargo gets some 100 crates (13 MB) from the registry that it is set up for, unless it has them.',
    `It needs Rust ${sources.rustVersion} and a C compiler.`,
    `While it runs it takes up to ${formatBytes(neededBytes)} in ${buildFolder}${free}; 9 MB of that stay, as ${place}.`,
    ...(found.resumes ? ['It goes on from what an earlier build has done.'] : []),
  ];
}
