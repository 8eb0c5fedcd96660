import { type BuiltWorker, buildOfficialWorker } from '../toolchain/official-worker/build.ts';
import { preflight } from '../toolchain/official-worker/preflight.ts';
import { buildProgress } from './build-progress.ts';
import { type CliContext, officialTemplate } from './context.ts';

/** Builds the official worker, telling first what will happen. Rejects with `CargoBuildError`. */
export async function buildWorker(context: CliContext): Promise<BuiltWorker> {
  const { cacheFolder, env, guard, signal, log, streams } = context;
  const templateFolder = officialTemplate(context.package);
  const request = { cacheFolder, templateFolder, env, platform: process.platform, guard, signal };
  const { plan, isInstalled } = await preflight(request);
  if (!isInstalled) for (const sentence of plan) streams.err.write(`${sentence}\n`);
  return buildOfficialWorker({ ...request, log, onProgress: buildProgress('the worker', context) });
}
