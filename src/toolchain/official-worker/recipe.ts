import path from 'node:path';
import { storedWorkerPath } from '../../worker/locate/store-folder.ts';
import { readVersion, UnsupportedWorker } from '../../worker/probe/version.ts';
import { programAt } from '../../worker/process/program.ts';
import { type BuildProblem, CargoBuildError } from '../cargo/problem.ts';
import type { BuildContext, Recipe } from '../cargo/recipe.ts';
import { writeSources } from '../cargo/sources.ts';
import { findCompiler, findMake, type ToolContext } from '../cargo/tools.ts';
import { readTemplate } from './template.ts';

/** On x86_64 Linux with Rust 1.95 the target folder takes 1.7 GB, and the crates' sources in the cargo home 0.5 GB. */
const WHOLE_BUILD_BYTES = 2_500_000_000;

/** `--version` takes milliseconds. This leaves time for a cold or busy disk. */
const VERSION_MS = 10_000;

/** Polkadot's own prepare worker, from its published crates. Rejects when the template in this package is damaged. */
export async function officialWorkerRecipe(context: BuildContext): Promise<Recipe> {
  const { packageFolder, cacheFolder, platform } = context;
  const template = await readTemplate(path.join(packageFolder, 'media', 'official-worker'));
  const { version, key, rustVersion } = template;
  const buildFolder = path.join(cacheFolder, 'build', `official-${key}`);
  return {
    title: `Polkadot's prepare worker ${version}`,
    version,
    program: 'polkadot-prepare-worker',
    cargoArgs: [],
    path: storedWorkerPath(cacheFolder, { name: 'official', version, key }, platform),
    buildFolder,
    needs: {
      rustVersion,
      wholeBuildBytes: WHOLE_BUILD_BYTES,
      source: 'its published crates',
      cpuTime: '15 minutes',
      crates: '420 crates (40 MB)',
      tools: `Rust ${rustVersion}, a C compiler and make (not protoc or libclang)`,
      installedSize: '21 MB',
    },
    ...(platform === 'win32' ? { unsupported: { kind: 'unsupported-platform', platform } } : {}),
    missingTools,
    prepare: () => writeSources(template.files, buildFolder),
    verify: (program) => verify(program, version, context),
  };
}

async function missingTools(context: ToolContext): Promise<readonly BuildProblem[]> {
  const [compiler, make] = await Promise.all([findCompiler(context), findMake(context)]);
  return [
    ...(compiler === undefined ? [{ kind: 'no-c-compiler' } as const] : []),
    // The worker uses jemalloc on Linux only; jemalloc needs make.
    ...(make === undefined && context.platform === 'linux' ? [{ kind: 'no-make' } as const] : []),
  ];
}

async function verify(program: string, expected: string, { guard, signal }: BuildContext): Promise<void> {
  const found = await readVersion(programAt(program), { deadlineMs: VERSION_MS, guard, signal }).catch(
    (error: unknown) => {
      if (error instanceof UnsupportedWorker) return error.message;
      throw error;
    },
  );
  if (found !== expected) throw new CargoBuildError({ kind: 'wrong-version', expected, found });
}
