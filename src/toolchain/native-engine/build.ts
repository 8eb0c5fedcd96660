import path from 'node:path';
import { buildWithCargo, type CargoBuildOptions, type HowBuilt } from '../cargo/build.ts';
import { writeSources } from '../cargo/sources.ts';
import { fetchSource } from './fetch-source.ts';
import { copyPatched, patchedCrate } from './patched-crate.ts';
import { type EnginePreflightOptions, enginePreflight } from './preflight.ts';
import { textOf } from './sources.ts';
import { verifyEngine } from './verify.ts';

export interface EngineBuildOptions extends EnginePreflightOptions, CargoBuildOptions {}

export interface BuiltEngine {
  readonly path: string;
  readonly how: HowBuilt;
}

/** Builds the native helper of the built-in worker; see `buildWithCargo`. Rejects with `CargoBuildError`. */
export async function buildNativeEngine(options: EngineBuildOptions): Promise<BuiltEngine> {
  const before = enginePreflight(options);
  const plan = before.then((found) => ({
    ...found,
    program: 'pvf-engine',
    words: ['--features', 'native', '--bin', 'pvf-engine'],
  }));
  const how = await buildWithCargo(options, plan, {
    prepare: async (cargo, say) => {
      const { sources, buildFolder } = await before;
      const { env, guard, signal } = options;
      await writeSources(sources.files, buildFolder);
      const crate = patchedCrate(sources.files);
      const source = await fetchSource({ cargo, sources, crate, buildFolder, env, say, guard, signal });
      const patch = textOf(sources.files, `patches/${crate.name}.patch`);
      await copyPatched(source, patch, path.join(buildFolder, 'patched', crate.name));
    },
    verify: async (program) => verifyEngine(program, (await before).buildFolder, options),
  });
  return { path: (await before).place, how };
}
