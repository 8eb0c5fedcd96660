/** The two programs that this tool can build from source, for the command line and for the editor's tasks. */
import { type BuildHooks, type Built, buildWithCargo } from './cargo/build.ts';
import { type Preflight, preflight } from './cargo/preflight.ts';
import type { BuildContext, Recipe } from './cargo/recipe.ts';
import { nativeEngineRecipe } from './native-engine/recipe.ts';
import { officialWorkerRecipe } from './official-worker/recipe.ts';

export type BuildableId = 'worker' | 'engine';

interface Buildable {
  readonly id: BuildableId;
  /** For use within a sentence: `Building the worker: …`. */
  readonly title: string;
  /** Checks whether this machine can build it. Rejects with the signal's reason, or when this package is damaged. */
  preflight(context: BuildContext): Promise<Preflight>;
  /** Builds and installs it, unless it is installed. Rejects with `CargoBuildError`, or when this package is damaged. */
  build(context: BuildContext, hooks: BuildHooks): Promise<Built>;
}

export const buildables: Readonly<Record<BuildableId, Buildable>> = {
  worker: buildable('worker', 'the worker', officialWorkerRecipe),
  engine: buildable('engine', 'the native helper', nativeEngineRecipe),
};

function buildable(id: BuildableId, title: string, recipeFor: (context: BuildContext) => Promise<Recipe>): Buildable {
  const check = async (context: BuildContext) => preflight(await recipeFor(context), context);
  return { id, title, preflight: check, build: (context, hooks) => buildWithCargo(check(context), context, hooks) };
}
