import path from 'node:path';
import { formatBytes } from '../../base/units.ts';
import { lookAtFile } from '../../worker/locate/look-at-file.ts';
import { bytesBelow, freeBytesOf, nearestFolder, whyNotWritable } from './disk.ts';
import { foreignCargoConfig } from './foreign-config.ts';
import type { BuildProblem } from './problem.ts';
import type { BuildContext, Recipe } from './recipe.ts';
import { type Cargo, findCargo, isAtLeast } from './tools.ts';

/** The plan of a build, its needs, and what this machine lacks. */
export interface Preflight {
  readonly recipe: Recipe;
  /** The program is already installed. */
  readonly isInstalled: boolean;
  /** The build continues an earlier build. */
  readonly resumes: boolean;
  readonly cargo?: Cargo;
  readonly freeBytes?: number;
  /** Upper bound of what the build will still write to the build folder. */
  readonly neededBytes: number;
  /** Empty when the build can start. */
  readonly problems: readonly BuildProblem[];
  /** Sentences to show the user before the build starts. */
  readonly plan: readonly string[];
}

/** Rejects with the signal's reason. */
export async function preflight(recipe: Recipe, context: BuildContext): Promise<Preflight> {
  const isInstalled = (await lookAtFile(recipe.path)).state === 'found';
  const { unsupported } = recipe;
  if (isInstalled || unsupported) {
    const plan = isInstalled ? [`Nothing to build: ${recipe.title} is installed at ${recipe.path}.`] : [];
    const problems = isInstalled || !unsupported ? [] : [unsupported];
    return { recipe, isInstalled, resumes: false, neededBytes: 0, plan, problems };
  }
  const found = { recipe, isInstalled, ...(await inspectMachine(recipe, context)) };
  return { ...found, plan: planOf(found) };
}

type Inspected = Pick<Preflight, 'resumes' | 'cargo' | 'freeBytes' | 'neededBytes' | 'problems'>;

async function inspectMachine(recipe: Recipe, context: BuildContext): Promise<Inspected> {
  const { needs, buildFolder } = recipe;
  const { env, platform, guard, signal } = context;
  const folder = await nearestFolder(context.cacheFolder);
  const foreign = await foreignCargoConfig(path.dirname(buildFolder), env);
  if (foreign !== undefined) {
    // It could make even `cargo --version` run another program.
    const problems = [{ kind: 'foreign-config', file: foreign }] as const;
    return { resumes: false, neededBytes: context.wholeBuildBytes ?? needs.wholeBuildBytes, problems };
  }
  const toolContext = { env, platform, cwd: folder, guard, signal };
  const [cargo, missing, done, freeBytes, unwritable] = await Promise.all([
    findCargo(toolContext),
    recipe.missingTools(toolContext),
    bytesBelow(buildFolder),
    freeBytesOf(folder),
    whyNotWritable(folder),
  ]);
  const neededBytes = Math.max((context.wholeBuildBytes ?? needs.wholeBuildBytes) - done, 0);
  const problems: readonly (BuildProblem | undefined)[] = [
    'kind' in cargo ? cargo : ageProblem(cargo, needs.rustVersion),
    ...missing,
    unwritable === undefined ? undefined : { kind: 'cache-folder', folder, detail: unwritable },
    freeBytes !== undefined && freeBytes < neededBytes
      ? { kind: 'no-space', folder, freeBytes, neededBytes }
      : undefined,
  ];
  return {
    resumes: done > 0,
    ...('kind' in cargo ? {} : { cargo }),
    ...(freeBytes === undefined ? {} : { freeBytes }),
    neededBytes,
    problems: problems.filter((problem) => problem !== undefined),
  };
}

function ageProblem({ path: program, version }: Cargo, needed: string): BuildProblem | undefined {
  if (isAtLeast(version, needed)) return undefined;
  return { kind: 'cargo-too-old', path: program, found: version, needed };
}

function planOf({ recipe, cargo, neededBytes, freeBytes, resumes }: Omit<Preflight, 'plan'>): readonly string[] {
  const { title, needs, buildFolder, path } = recipe;
  const withCargo = cargo === undefined ? '' : ` with ${cargo.path} ${cargo.version}`;
  const free = freeBytes === undefined ? '' : ` (${formatBytes(freeBytes)} free)`;
  return [
    `Builds ${title} from ${needs.source}${withCargo}. Takes about ${needs.cpuTime} of CPU time.`,
    `cargo downloads about ${needs.crates} from its configured registry, unless they are cached.`,
    `Requires ${needs.tools}.`,
    `Uses up to ${formatBytes(neededBytes)} in ${buildFolder}${free}. The installed program takes ${needs.installedSize}: ${path}.`,
    ...(resumes ? ['Continues an earlier build.'] : []),
  ];
}
