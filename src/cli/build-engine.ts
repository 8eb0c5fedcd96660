import { type BuiltEngine, buildNativeEngine } from '../toolchain/native-engine/build.ts';
import { enginePreflight } from '../toolchain/native-engine/preflight.ts';
import { buildProgress } from './build-progress.ts';
import { type CliContext, engineFolder } from './context.ts';

/** Builds the native helper of the built-in worker, telling first what will happen. Rejects with `CargoBuildError`. */
export async function buildEngine(context: CliContext): Promise<BuiltEngine> {
  const { cacheFolder, env, guard, signal, log, streams } = context;
  const { platform, arch } = process;
  const request = { cacheFolder, engineFolder: engineFolder(context.package), env, platform, arch, guard, signal };
  const { plan, isInstalled } = await enginePreflight(request);
  if (!isInstalled) for (const sentence of plan) streams.err.write(`${sentence}\n`);
  return buildNativeEngine({ ...request, log, onProgress: buildProgress('the native helper', context) });
}
