import { textOf } from '../base/errors.ts';
import { eligible } from '../check/choose-worker.ts';
import { diagnosisText, type Examined, facts, listText, type Taken } from '../check/workers-text.ts';
import { type LocateResult, locateWorkers } from '../worker/locate/locate.ts';
import type { Candidate } from '../worker/locate/place.ts';
import { examineCandidate } from '../worker/probe/examine-candidate.ts';
import { UnsupportedWorker } from '../worker/probe/version.ts';
import { SpawnError } from '../worker/process/spawn-worker.ts';
import { buildProgram } from './build-program.ts';
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
  const found = await locateWorkers(workerSearch(options, surroundings));
  const taken = takenOf(found.candidates, options);
  await write(surroundings.streams.out, options.format === 'json' ? json(found) : listText(found, taken));
  return codeOf(taken);
}

/** Runs each worker found for its version, wire revision and sandbox features. */
async function diagnose(options: Options, surroundings: Surroundings): Promise<ExitCode> {
  const found = await locateWorkers(workerSearch(options, surroundings));
  const examined = await examineAll(found, options, surroundings);
  surroundings.progress.clear();
  const usable = examined.flatMap((one) => ('worker' in one ? [one.candidate] : []));
  const taken = takenOf(usable, options);
  const text = options.format === 'json' ? json(forJson(found, examined)) : diagnosisText(found, examined, taken);
  await write(surroundings.streams.out, text);
  return codeOf(taken);
}

/** The candidate that `pvf prepare` would take with these options. */
function takenOf(candidates: readonly Candidate[], { worker }: Options): Taken {
  const [first] = eligible(candidates, worker === undefined ? {} : { wanted: worker });
  return first ?? (worker === undefined ? 'none' : 'not-the-asked');
}

function codeOf(taken: Taken): ExitCode {
  return typeof taken === 'string' ? ExitCode.undecided : ExitCode.accepted;
}

async function examineAll(
  { candidates }: LocateResult,
  options: Options,
  surroundings: Surroundings,
): Promise<Examined[]> {
  const { signal, progress } = surroundings;
  await using workplace = await workplaceOf(surroundings);
  const examine = await examineOptions(options, workplace, surroundings);
  const examined: Examined[] = [];
  for (const candidate of candidates) {
    progress.show(`Asking ${candidate.path}`);
    try {
      examined.push({ candidate, worker: await examineCandidate(candidate, examine, signal) });
    } catch (error) {
      if (!(error instanceof UnsupportedWorker || error instanceof SpawnError)) throw error;
      examined.push({ candidate, refusal: textOf(error) });
    }
  }
  return examined;
}

async function build(options: Options, surroundings: Surroundings): Promise<ExitCode> {
  const built = await buildProgram(options.engine ? 'engine' : 'worker', surroundings);
  surroundings.progress.clear();
  const what = built.version === undefined ? 'The native helper' : `Polkadot's prepare worker ${built.version}`;
  const text = `${what} ${built.how === 'built' ? 'was built and installed at' : 'is already installed at'} ${built.path}\n`;
  await write(surroundings.streams.out, options.format === 'json' ? json(built) : text);
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
