import { textOf } from '../base/errors.ts';
import { examineWorker } from '../worker/identity/examine.ts';
import { UnsupportedWorker } from '../worker/identity/version.ts';
import { type LocateResult, locateWorkers } from '../worker/locate/locate.ts';
import { SpawnError } from '../worker/process/spawn-worker.ts';
import { buildWorker } from './build-worker.ts';
import { ExitCode, UsageError } from './exit-code.ts';
import type { Options } from './options.ts';
import { write } from './streams.ts';
import { type Surroundings, spawnTimeoutMs, workerSearch, workplaceOf } from './surroundings.ts';
import { diagnosisText, type Examined, listText } from './workers-text.ts';

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
  const text = options.format === 'json' ? json(found) : listText(found);
  await write(surroundings.streams.out, text);
  return found.candidates.length > 0 ? ExitCode.accepted : ExitCode.undecided;
}

/** Runs each worker found for its version, wire revision and sandbox features. */
async function diagnose(options: Options, surroundings: Surroundings): Promise<ExitCode> {
  const found = await locateWorkers(workerSearch(options, surroundings));
  const examined = await examineAll(found, options, surroundings);
  surroundings.progress.clear();
  const text = options.format === 'json' ? json(forJson(found, examined)) : diagnosisText(found, examined);
  await write(surroundings.streams.out, text);
  return examined.some((one) => 'worker' in one) ? ExitCode.accepted : ExitCode.undecided;
}

async function examineAll(
  { candidates }: LocateResult,
  { wireRevision }: Options,
  surroundings: Surroundings,
): Promise<Examined[]> {
  const { guard, log, signal, progress } = surroundings;
  await using workplace = await workplaceOf(surroundings);
  const { known, scratch } = workplace;
  const examine = { known, scratch, spawnTimeoutMs, log, guard, ...(wireRevision && { forcedRevision: wireRevision }) };
  const examined: Examined[] = [];
  for (const candidate of candidates) {
    progress.show(`Asking ${candidate.path}`);
    try {
      examined.push({ candidate, worker: await examineWorker(candidate.path, examine, signal) });
    } catch (error) {
      if (!(error instanceof UnsupportedWorker || error instanceof SpawnError)) throw error;
      examined.push({ candidate, refusal: textOf(error) });
    }
  }
  return examined;
}

async function build(options: Options, surroundings: Surroundings): Promise<ExitCode> {
  const built = await buildWorker(surroundings);
  surroundings.progress.clear();
  const sentence = built.how === 'built' ? 'was built and stands at' : 'stands at';
  const text = `Polkadot's prepare worker ${built.version} ${sentence} ${built.path}\n`;
  await write(surroundings.streams.out, options.format === 'json' ? json(built) : text);
  return ExitCode.accepted;
}

function forJson({ places }: LocateResult, examined: readonly Examined[]) {
  return {
    places,
    workers: examined.map((one) => {
      const { path, source } = one.candidate;
      if ('refusal' in one) return { path, source, refusal: one.refusal };
      const { version, revision, security, identity } = one.worker;
      return { path, source, version, wireRevision: revision.id, security, sha256: identity };
    }),
  };
}

function json(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
