import { formatMillis } from '../base/units.ts';
import { type BuildProgress, type BuiltWorker, buildOfficialWorker } from '../worker/official/build.ts';
import { preflight } from '../worker/official/preflight.ts';
import { officialTemplate, type Surroundings } from './surroundings.ts';

/** How often a build without a terminal says how far it is. */
const PLAIN_STEP = 50;

/** Builds the official worker, telling first what will happen. Rejects with `OfficialBuildError`. */
export async function buildWorker(surroundings: Surroundings): Promise<BuiltWorker> {
  const { cacheFolder, env, guard, signal, log, progress, streams } = surroundings;
  const templateFolder = officialTemplate(surroundings.package);
  const request = { cacheFolder, templateFolder, env, platform: process.platform, guard, signal };
  const { plan, isInstalled } = await preflight(request);
  if (!isInstalled) for (const sentence of plan) streams.err.write(`${sentence}\n`);
  let said = 0;
  return buildOfficialWorker({
    ...request,
    log,
    onProgress: (step) => {
      progress.show(describe(step));
      if (streams.err.isTTY || step.phase !== 'compiling' || step.done < said + PLAIN_STEP) return;
      said = step.done;
      streams.err.write(`${describe(step)}\n`);
    },
  });
}

function describe(step: BuildProgress): string {
  const elapsed = formatMillis(step.elapsedMs);
  switch (step.phase) {
    case 'waiting':
      return `Waiting for the build of another process${step.pid === undefined ? '' : ` (pid ${step.pid})`}, ${elapsed}`;
    case 'fetching':
      return `Building the worker: ${step.message}`;
    case 'compiling':
      return `Building the worker: ${step.done} of ${step.total} units, ${elapsed}${step.crate ? `, ${step.crate}` : ''}`;
    case 'installing':
      return 'Installing the worker';
  }
}
