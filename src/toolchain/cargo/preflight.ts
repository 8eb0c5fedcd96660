import { formatBytes } from '../../base/units.ts';
import { lookAtFile } from '../../worker/locate/look-at-file.ts';
import { bytesBelow, freeBytesOf, nearestFolder, whyNotWritable } from './disk.ts';
import type { BuildProblem } from './problem.ts';
import type { BuildContext, Recipe } from './recipe.ts';
import { type Cargo, findCargo, isAtLeast } from './tools.ts';

/** What a build will do, what it needs, and what this machine lacks. */
export interface Preflight {
  readonly recipe: Recipe;
  /** The program is installed, and there is nothing to do. */
  readonly isInstalled: boolean;
  /** The build continues an earlier one. */
  readonly resumes: boolean;
  readonly cargo?: Cargo;
  readonly freeBytes?: number;
  /** The most that the build will still write to the build folder. */
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
    const plan = isInstalled ? [`${recipe.title} is already installed at ${recipe.path}.`] : [];
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
    `${title} is built from ${needs.source}${withCargo}: about ${needs.cpuTime} of CPU time.`,
    `cargo gets some ${needs.crates} from the registry that it is set up for, unless it has them.`,
    `It needs ${needs.tools}.`,
    `The build takes up to ${formatBytes(neededBytes)} in ${buildFolder}${free}; ${needs.installedSize} of that stay, as ${path}.`,
    ...(resumes ? ['It continues what an earlier build has done.'] : []),
  ];
}
