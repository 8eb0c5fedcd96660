import { diagnoseWorkers, workersList as listOf } from '../../check/diagnosis.ts';
import type { Diagnosis, WorkersList } from '../../model/workers.ts';
import { formatDiagnosis, formatWorkersList } from '../../report/workers.ts';
import { locateWorkers } from '../../worker/locate/locate.ts';
import { buildEngine } from '../build-engine.ts';
import { buildWorker } from '../build-worker.ts';
import { command, commonOptions } from '../command.ts';
import { type CliContext, examineOptions, workerSearch, workplaceOf } from '../context.ts';
import { ExitCode } from '../exit-code.ts';
import type { OptionName, Options } from '../options.ts';
import { write } from '../streams.ts';

const searchOptions = ['json', 'worker', ...commonOptions] as const satisfies readonly OptionName[];

export const workersList = command({
  name: 'workers list',
  summary: 'list the places where a prepare worker may be and what is there; no worker runs',
  options: searchOptions,
  examples: [['pvf workers', 'which worker would pvf prepare use?']],
  run: (_, options, context) => list(options, context),
});

export const workersDiagnose = command({
  name: 'workers diagnose',
  summary: 'ask each worker for its version, wire revision and sandbox',
  options: [...searchOptions, 'instances', 'wireRevision'],
  examples: [['pvf workers diagnose', 'text for a bug report']],
  run: (_, options, context) => diagnose(options, context),
});

export const workersBuild = command({
  name: 'workers build',
  summary: "build Polkadot's own worker from its published crates; pvf then uses it",
  options: ['json', 'engine', ...commonOptions],
  examples: [
    ['pvf workers build', "Polkadot's worker: 2.5 GB of disk, 8 to 25 minutes"],
    ['pvf workers build --engine', 'a native helper for the built-in worker: about 5 minutes'],
  ],
  run: (_, options, context) => build(options, context),
});

type SearchOptions = Options<(typeof searchOptions)[number]>;

/** Where a worker was looked for and what was there; nothing is run. */
async function list(options: SearchOptions, context: CliContext): Promise<ExitCode> {
  const search = workerSearch(options, context);
  const found = await locateWorkers(search);
  const list = listOf(found, search);
  await write(context.streams.out, options.json === true ? json(found) : formatWorkersList(list));
  return codeOf(list);
}

/** Runs each worker found for its version, wire revision and sandbox features. */
async function diagnose(
  options: SearchOptions & Options<'instances' | 'wireRevision'>,
  context: CliContext,
): Promise<ExitCode> {
  const { signal, progress, streams } = context;
  await using workplace = await workplaceOf(context);
  const examine = await examineOptions(options, workplace, context);
  const diagnosis = await diagnoseWorkers(workerSearch(options, context), examine, {
    signal,
    onCandidate: (path) => progress.show(`Asking ${path}`),
  });
  progress.clear();
  await write(streams.out, options.json === true ? json(forJson(diagnosis)) : formatDiagnosis(diagnosis));
  return codeOf(diagnosis.list);
}

function codeOf({ selection }: WorkersList): ExitCode {
  return selection.kind === 'found' ? ExitCode.accepted : ExitCode.undecided;
}

async function build(options: Options<'json' | 'engine'>, context: CliContext): Promise<ExitCode> {
  const built = options.engine ? await buildEngine(context) : await buildWorker(context);
  context.progress.clear();
  const what = 'version' in built ? `Polkadot's prepare worker ${built.version}` : 'The native helper';
  const text = `${what} ${built.how === 'built' ? 'was built and stands at' : 'stands at'} ${built.path}\n`;
  await write(context.streams.out, options.json === true ? json(built) : text);
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
