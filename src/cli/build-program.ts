import { type BuildableId, buildables } from '../toolchain/buildable.ts';
import type { Built } from '../toolchain/cargo/build.ts';
import { buildProgress } from './build-progress.ts';
import type { CliContext } from './context.ts';

/** Builds one of the two programs, and prints first what the build will do. Rejects with `CargoBuildError`. */
export function buildProgram(id: BuildableId, context: CliContext): Promise<Built> {
  const { environment, signal, streams } = context;
  const { package: own, cacheFolder, processEnv: env, platform, arch, guard, log } = environment;
  const { title, build } = buildables[id];
  return build(
    { packageFolder: own.root, cacheFolder, env, platform, arch, guard, signal },
    {
      log,
      onPreflight: ({ plan }) => {
        for (const sentence of plan) streams.err.write(`${sentence}\n`);
      },
      onProgress: buildProgress(title, context),
    },
  );
}
