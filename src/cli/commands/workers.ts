import { errorMessage } from '../../base/errors.ts';
import { eligible } from '../../check/choose-worker.ts';
import { diagnosisText, type Examined, facts, listText, type Taken } from '../../check/workers-text.ts';
import { type LocateResult, locateWorkers } from '../../worker/locate/locate.ts';
import type { Candidate } from '../../worker/locate/place.ts';
import { examineCandidate } from '../../worker/probe/examine-candidate.ts';
import { UnsupportedWorker } from '../../worker/probe/version.ts';
import { SpawnError } from '../../worker/process/spawn-worker.ts';
import { buildEngine } from '../build-engine.ts';
import { buildWorker } from '../build-worker.ts';
import { command, commonOptions } from '../command.ts';
import { type CliContext, examineOptions, hostDirectoriesOf, workerSearch } from '../context.ts';
import { ExitCode } from '../exit-code.ts';
import { type OptionName, type Options, wantedWorker } from '../options.ts';
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
  const found = await locateWorkers(workerSearch(options, context));
  const taken = takenOf(found.candidates, options);
  await write(context.streams.out, options.json === true ? json(found) : listText(found, taken));
  return codeOf(taken);
}

/** Runs each worker found for its version, wire revision and sandbox features. */
async function diagnose(
  options: SearchOptions & Options<'instances' | 'wireRevision'>,
  context: CliContext,
): Promise<ExitCode> {
  const found = await locateWorkers(workerSearch(options, context));
  const examined = await examineAll(found, options, context);
  context.progress.clear();
  const usable = examined.flatMap((one) => ('worker' in one ? [one.candidate] : []));
  const taken = takenOf(usable, options);
  const text = options.json === true ? json(forJson(found, examined)) : diagnosisText(found, examined, taken);
  await write(context.streams.out, text);
  return codeOf(taken);
}

/** The candidate that `pvf prepare` would take with these options. */
function takenOf(candidates: readonly Candidate[], options: Options<'worker'>): Taken {
  const worker = wantedWorker(options);
  const [first] = eligible(candidates, worker === undefined ? {} : { wanted: worker });
  return first ?? (worker === undefined ? 'none' : 'not-the-asked');
}

function codeOf(taken: Taken): ExitCode {
  return typeof taken === 'string' ? ExitCode.undecided : ExitCode.accepted;
}

async function examineAll(
  { candidates }: LocateResult,
  options: Options<'instances' | 'wireRevision'>,
  context: CliContext,
): Promise<Examined[]> {
  const { signal, progress } = context;
  await using directories = await hostDirectoriesOf(context);
  const examine = await examineOptions(options, directories, context);
  const examined: Examined[] = [];
  for (const candidate of candidates) {
    progress.show(`Asking ${candidate.path}`);
    try {
      examined.push({ candidate, worker: await examineCandidate(candidate, examine, signal) });
    } catch (error) {
      if (!(error instanceof UnsupportedWorker || error instanceof SpawnError)) throw error;
      examined.push({ candidate, refusal: errorMessage(error) });
    }
  }
  return examined;
}

async function build(options: Options<'json' | 'engine'>, context: CliContext): Promise<ExitCode> {
  const built = options.engine ? await buildEngine(context) : await buildWorker(context);
  context.progress.clear();
  const what = 'version' in built ? `Polkadot's prepare worker ${built.version}` : 'The native helper';
  const text = `${what} ${built.how === 'built' ? 'was built and stands at' : 'stands at'} ${built.path}\n`;
  await write(context.streams.out, options.json === true ? json(built) : text);
  return ExitCode.accepted;
}

function forJson({ places }: LocateResult, examined: readonly Examined[]) {
  return {
    places,
    workers: examined.map((one) => {
      const { path, source } = one.candidate;
      if ('refusal' in one) return { path, source, refusal: one.refusal };
      return { path, source, ...facts(one.worker) };
    }),
  };
}

function json(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
