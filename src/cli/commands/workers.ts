import { CheckSession } from '../../check/session.ts';
import type { Diagnosis, WorkersList } from '../../model/workers.ts';
import { formatDiagnosis, formatWorkersList } from '../../report/workers.ts';
import { buildProgram } from '../build-program.ts';
import { command, commonOptions } from '../command.ts';
import { type CliContext, checkSettings } from '../context.ts';
import { ExitCode } from '../exit-code.ts';
import type { OptionName, Options } from '../options.ts';
import { write } from '../streams.ts';

const searchOptions = [
  'json',
  'worker',
  'trustWorkspace',
  'config',
  ...commonOptions,
] as const satisfies readonly OptionName[];

export const workersList = command({
  name: 'workers list',
  summary: 'list the places of the search for a prepare worker; no worker runs',
  options: searchOptions,
  examples: [['pvf workers', 'which worker does pvf prepare use?']],
  run: (_, options, context) => list(options, context),
});

export const workersDiagnose = command({
  name: 'workers diagnose',
  summary: 'show the version, wire revision and sandbox of each worker',
  options: [...searchOptions, 'instances', 'wireRevision'],
  examples: [['pvf workers diagnose', 'text for a bug report']],
  run: (_, options, context) => diagnose(options, context),
});

export const workersBuild = command({
  name: 'workers build',
  summary: "build Polkadot's own worker from its published crates; pvf then uses it",
  options: ['json', 'engine', 'trustWorkspace', ...commonOptions],
  examples: [
    ['pvf workers build', "Polkadot's worker: 2.5 GB of disk, 8 to 25 minutes"],
    ['pvf workers build --engine', 'a native helper for the built-in worker: about 5 minutes'],
  ],
  run: (_, options, context) => build(options, context),
});

type SearchOptions = Options<(typeof searchOptions)[number]>;

async function list(options: SearchOptions, { environment, workspace, streams }: CliContext): Promise<ExitCode> {
  await using session = new CheckSession(environment);
  const found = await session.workers(checkSettings(options, workspace));
  const { places, candidates } = found;
  await write(streams.out, options.json === true ? json({ places, candidates }) : formatWorkersList(found));
  return exitCodeOfSelection(found);
}

async function diagnose(
  options: SearchOptions & Options<'instances' | 'wireRevision'>,
  { environment, workspace, streams, progress, signal }: CliContext,
): Promise<ExitCode> {
  await using session = new CheckSession(environment);
  const diagnosis = await session.diagnose(checkSettings(options, workspace), {
    signal,
    onCandidate: (path) => progress.show(`Examining ${path}`),
  });
  progress.clear();
  await write(streams.out, options.json === true ? json(forJson(diagnosis)) : formatDiagnosis(diagnosis));
  return exitCodeOfSelection(diagnosis.list);
}

function exitCodeOfSelection({ selection }: WorkersList): ExitCode {
  return selection.kind === 'found' ? ExitCode.pass : ExitCode.undecided;
}

async function build({ engine, json: asJson }: Options<'json' | 'engine'>, context: CliContext): Promise<ExitCode> {
  const built = await buildProgram(engine ? 'engine' : 'worker', context);
  context.progress.clear();
  const what = 'version' in built ? `Polkadot's prepare worker ${built.version}` : 'The native helper';
  const text = `${what} ${built.how === 'built' ? 'was built' : 'is already installed'}: ${built.path}\n`;
  await write(context.streams.out, asJson === true ? json(built) : text);
  return ExitCode.pass;
}

function forJson({ examined, list: { places } }: Diagnosis) {
  return {
    places,
    workers: examined.map((candidate) => {
      const { path, source } = candidate;
      return candidate.kind === 'unusable'
        ? { path, source, refusal: candidate.reason }
        : { path, source, ...candidate.worker };
    }),
  };
}

function json(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
