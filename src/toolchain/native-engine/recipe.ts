import path from 'node:path';
import type { BuildContext, Recipe } from '../cargo/recipe.ts';
import { writeSources } from '../cargo/sources.ts';
import { findCompiler } from '../cargo/tools.ts';
import { fetchSource } from './fetch-source.ts';
import { copyPatched, patchedCrate } from './patched-crate.ts';
import { enginePlace } from './place.ts';
import { readEngineSources, textOf } from './sources.ts';
import { verifyEngine } from './verify.ts';

/** On x86_64 Linux with Rust 1.95 the build folder takes 520 MB. The crates' sources in the cargo home take more. */
const WHOLE_BUILD_BYTES = 800_000_000;

/** The native helper of the built-in worker. Rejects when the sources in this package are damaged. */
export async function nativeEngineRecipe(context: BuildContext): Promise<Recipe> {
  const { packageFolder, cacheFolder, platform, env, guard, signal } = context;
  const sources = await readEngineSources(path.join(packageFolder, 'engine'));
  const buildFolder = path.join(cacheFolder, 'build', `engine-${sources.key}`);
  return {
    title: 'the native helper of the built-in worker',
    program: 'pvf-engine',
    cargoArgs: ['--features', 'native', '--bin', 'pvf-engine'],
    path: enginePlace(cacheFolder, sources.key, context),
    buildFolder,
    needs: {
      rustVersion: sources.rustVersion,
      wholeBuildBytes: WHOLE_BUILD_BYTES,
      source: 'the sources in this package',
      cpuTime: '5 minutes',
      crates: 'about 100 crates (13 MB)',
      tools: `Rust ${sources.rustVersion} and a C compiler`,
      installedSize: '9 MB',
    },
    // libzstd is C, and rustc links with the C compiler. On Windows cargo itself finds that of Visual Studio.
    missingTools: async (toolContext) => {
      const isMissing = platform !== 'win32' && (await findCompiler(toolContext)) === undefined;
      return isMissing ? [{ kind: 'no-c-compiler' }] : [];
    },
    prepare: async (cargo, onMessage) => {
      await writeSources(sources.files, buildFolder);
      const crate = patchedCrate(sources.files);
      const source = await fetchSource({ cargo, sources, crate, buildFolder, env, onMessage, guard, signal });
      const patch = textOf(sources.files, `patches/${crate.name}.patch`);
      await copyPatched(source, patch, path.join(buildFolder, 'patched', crate.name));
    },
    verify: (program) => verifyEngine(program, buildFolder, { guard, signal }),
  };
}
