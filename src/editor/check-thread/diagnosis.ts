import { errorMessage } from '../../base/errors.ts';
import { eligible } from '../../check/choose-worker.ts';
import { diagnosisText, type Examined } from '../../check/workers-text.ts';
import type { HostDirectories } from '../../worker/host/host-directories.ts';
import { locateWorkers } from '../../worker/locate/locate.ts';
import { examineCandidate } from '../../worker/probe/examine-candidate.ts';
import { UnsupportedWorker } from '../../worker/probe/version.ts';
import { SpawnError } from '../../worker/process/spawn-worker.ts';
import type { CheckSettings } from '../core/check-settings.ts';
import { examineOptions, type ThreadSurroundings, workerSearch } from './surroundings.ts';

/** Markdown about the workers found and this machine. Says of settings only what bears on the choice of a worker. */
export async function diagnosis(
  settings: CheckSettings,
  directories: HostDirectories,
  surroundings: ThreadSurroundings,
  signal: AbortSignal,
): Promise<string> {
  const search = workerSearch(settings, surroundings);
  const found = await locateWorkers(search);
  const options = await examineOptions(settings, directories, surroundings);
  const examined: Examined[] = [];
  for (const candidate of found.candidates) {
    try {
      examined.push({ candidate, worker: await examineCandidate(candidate, options, signal) });
    } catch (error) {
      if (!(error instanceof UnsupportedWorker || error instanceof SpawnError)) throw error;
      examined.push({ candidate, refusal: errorMessage(error) });
    }
  }
  const usable = examined.flatMap((one) => ('worker' in one ? [one.candidate] : []));
  const taken = eligible(usable, search)[0] ?? (settings.worker === undefined ? 'none' : 'not-the-asked');
  const text = diagnosisText(found, examined, taken);
  const { electron } = process.versions;
  const runtime = electron === undefined ? `Node ${process.versions.node}` : `Electron ${electron} as Node`;
  return `## Prepare workers\n\n${runtime}, cache folder ${surroundings.cacheFolder}\n\n\`\`\`text\n${text.trimEnd()}\n\`\`\``;
}
