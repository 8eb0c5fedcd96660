import { withDeadline } from '../../base/deadline.ts';
import { errorMessage } from '../../base/errors.ts';
import { blake2b256 } from '../../base/hash.ts';
import { durationFromMillis } from '../../polkadot/scale.ts';
import { SpawnError, type SpawnedWorker, type SpawnOptions, spawnWorker } from '../process/spawn-worker.ts';
import { decodeResponse, encodeRequest, type WireRevision } from '../wire/revision.ts';
import { tinyPvf } from './tiny-pvf.ts';
import { UnsupportedWorker } from './version.ts';

const ANSWER_MS = 10_000;

/**
 * Finds a worker's revision: has it prepare a tiny module in the layout of each candidate. Spawns a worker for each, because
 * a worker that can't decode the request exits. The answer must be an Ok in exactly that layout.
 * Rejects with `UnsupportedWorker`, `SpawnError`, or the signal's reason.
 */
export async function probeRevision(
  candidates: readonly WireRevision[],
  options: Omit<SpawnOptions, 'revision'>,
  signal: AbortSignal,
): Promise<WireRevision> {
  const tried: string[] = [];
  for (const revision of candidates) {
    await using worker = await spawnForProbe({ ...options, revision }, signal);
    const refusal = await tryRevision(worker, revision, signal);
    if (refusal === undefined) return revision;
    tried.push(`${revision.id}: ${refusal}`);
  }
  throw new UnsupportedWorker(`${options.program.name} uses none of the known wire revisions (${tried.join('; ')})`);
}

/** A program that exits without connecting is not a worker, whatever version it prints. */
async function spawnForProbe(options: SpawnOptions, signal: AbortSignal): Promise<SpawnedWorker> {
  try {
    return await spawnWorker(options, signal);
  } catch (error) {
    if (!(error instanceof SpawnError && error.failure === 'exited')) throw error;
    throw new UnsupportedWorker(`${options.program.name} is not a prepare worker: ${error.message.split('\n')[0]}`);
  }
}

/** Returns why this is not the worker's revision; undefined when it is. */
async function tryRevision(
  worker: SpawnedWorker,
  revision: WireRevision,
  signal: AbortSignal,
): Promise<string | undefined> {
  const request = encodeRequest(revision, {
    maybeCompressedCode: tinyPvf,
    validationCodeBombLimit: tinyPvf.length,
    codeHash: blake2b256(tinyPvf),
    executorParams: [],
    prepTimeout: durationFromMillis(ANSWER_MS),
    prepKind: 'Prechecking',
  });
  const answer = worker.stream.receive();
  answer.catch(() => {});
  try {
    await worker.stream.send(request);
    const payload = await withDeadline(answer, ANSWER_MS, signal);
    const { value, consumed } = decodeResponse(revision, process.platform, payload);
    if (consumed !== payload.length) return `the answer is ${payload.length} bytes long, not ${consumed}`;
    return value.success ? undefined : `the answer was ${value.value.tag}`;
  } catch (error) {
    signal.throwIfAborted();
    return errorMessage(error);
  }
}
