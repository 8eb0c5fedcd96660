import { type BuildableId, buildables } from '../toolchain/buildable.ts';
import type { Built } from '../toolchain/cargo/build.ts';
import { buildProgress } from './build-progress.ts';
import type { Surroundings } from './surroundings.ts';

/** Builds one of the two programs, and prints first what the build will do. Rejects with `CargoBuildError`. */
export function buildProgram(id: BuildableId, surroundings: Surroundings): Promise<Built> {
  const { cacheFolder, env, guard, signal, log, streams } = surroundings;
  const { platform, arch } = process;
  const { title, build } = buildables[id];
  const context = { packageFolder: surroundings.package.root, cacheFolder, env, platform, arch, guard, signal };
  return build(context, {
    log,
    onPreflight: ({ plan }) => {
      for (const sentence of plan) streams.err.write(`${sentence}\n`);
    },
    onProgress: buildProgress(title, surroundings),
  });
}
