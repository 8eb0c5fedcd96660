import { diagnoseWorkers, workersList } from '../check/diagnosis.ts';
import type { Diagnosis, WorkersList } from '../model/workers.ts';
import { formatDiagnosis, formatWorkersList } from '../report/workers.ts';
import { locateWorkers } from '../worker/locate/locate.ts';
import { buildEngine } from './build-engine.ts';
import { buildWorker } from './build-worker.ts';
import { ExitCode, UsageError } from './exit-code.ts';
import type { Options } from './options.ts';
import { write } from './streams.ts';
import { examineOptions, type Surroundings, workerSearch, workplaceOf } from './surroundings.ts';

/** `pvf workers [list|diagnose|build]` */
export async function workersCommand(
  words: readonly string[],
  options: Options,
  surroundings: Surroundings,
): Promise<ExitCode> {
  const [word = 'list', ...rest] = words;
  if (rest.length > 0) throw new UsageError(`pvf workers ${word} takes no further words.`);
  switch (word) {
    case 'list':
      return list(options, surroundings);
    case 'diagnose':
      return diagnose(options, surroundings);
    case 'build':
      return build(options, surroundings);
    default:
      throw new UsageError(`There is no pvf workers ${word}; there are list, diagnose and build.`);
  }
}

/** Where a worker was looked for and what was there; nothing is run. */
async function list(options: Options, surroundings: Surroundings): Promise<ExitCode> {
  const search = workerSearch(options, surroundings);
  const found = await locateWorkers(search);
  const list = workersList(found, search);
  await write(surroundings.streams.out, options.format === 'json' ? json(found) : formatWorkersList(list));
  return codeOf(list);
}

/** Runs each worker found for its version, wire revision and sandbox features. */
async function diagnose(options: Options, surroundings: Surroundings): Promise<ExitCode> {
  const { signal, progress, streams } = surroundings;
  await using workplace = await workplaceOf(surroundings);
  const examine = await examineOptions(options, workplace, surroundings);
  const diagnosis = await diagnoseWorkers(workerSearch(options, surroundings), examine, {
    signal,
    onCandidate: (path) => progress.show(`Asking ${path}`),
  });
  progress.clear();
  await write(streams.out, options.format === 'json' ? json(forJson(diagnosis)) : formatDiagnosis(diagnosis));
  return codeOf(diagnosis.list);
}

function codeOf({ selection }: WorkersList): ExitCode {
  return selection.kind === 'found' ? ExitCode.accepted : ExitCode.undecided;
}

async function build(options: Options, surroundings: Surroundings): Promise<ExitCode> {
  const built = options.engine ? await buildEngine(surroundings) : await buildWorker(surroundings);
  surroundings.progress.clear();
  const what = 'version' in built ? `Polkadot's prepare worker ${built.version}` : 'The native helper';
  const text = `${what} ${built.how === 'built' ? 'was built and stands at' : 'stands at'} ${built.path}\n`;
  await write(surroundings.streams.out, options.format === 'json' ? json(built) : text);
  return ExitCode.accepted;
}

function forJson({ examined, list: { places } }: Diagnosis) {
  return {
    places,
    workers: examined.map((one) => {
      const { path, source } = one;
      return one.kind === 'unusable' ? { path, source, refusal: one.reason } : { path, source, ...one.worker };
    }),
  };
}

function json(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
