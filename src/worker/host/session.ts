import { closeSync, constants, lstatSync, openSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { DeadlineExceeded, withDeadline } from '../../base/deadline.ts';
import { errorMessage } from '../../base/errors.ts';
import type { Twox256 } from '../../base/hash.ts';
import type { Log } from '../../base/log.ts';
import { emptyFolder } from '../../base/remove-folder.ts';
import { type Duration, durationToMillis } from '../../polkadot/scale.ts';
import type { FunctionCosts } from '../../wasm/function-costs.ts';
import type { Artifact } from '../artifacts/artifact-store.ts';
import { checksumOfFile } from '../artifacts/checksum.ts';
import { readCosts } from '../built-in/read-costs.ts';
import type { JobProgress } from '../process/job-progress.ts';
import type { SpawnedWorker } from '../process/spawn-worker.ts';
import type { PrepareWorkerSuccess } from '../wire/response.ts';
import { decodeResponse, encodeRequest, paramsFor, type WireRevision } from '../wire/revision.ts';
import type { PrepareJob } from './job.ts';
import { type Outcome, outcomeOfError } from './outcome.ts';

/** Returns the wall-clock limit of a job, in milliseconds. */
type WallClockLimit = (prepTimeoutMs: number) => number;

/** The limit of Polkadot's host (`JOB_TIMEOUT_WALL_CLOCK_FACTOR`). */
export const officialWallClock: WallClockLimit = (prepTimeoutMs) => prepTimeoutMs * 4;

/**
 * For an estimating worker, which compares its estimate of a native worker's CPU time with the prep timeout. The worker itself
 * takes up to twice that time, and more to load its engine. So this limit only stops a worker that hangs.
 */
export const estimatingWallClock: WallClockLimit = (prepTimeoutMs) => prepTimeoutMs * 8 + 20_000;

export interface SessionOptions {
  /** The worker's name in messages. */
  readonly name: string;
  readonly version: string | undefined;
  readonly revision: WireRevision;
  readonly platform: NodeJS.Platform;
  readonly wallClock: WallClockLimit;
  /** Time limit for the worker to read a request. A slower worker is unreachable, which says nothing about the runtime. */
  readonly sendTimeoutMs: number;
  /** The worker leaves the costs of a job in its directory. */
  readonly leavesCosts: boolean;
  readonly newHash: () => Twox256;
  readonly log: Log;
}

/** How a job ended, and what its functions cost if the worker left that. */
export interface WorkResult {
  readonly outcome: Outcome;
  readonly costs?: FunctionCosts;
}

/** Moves an artifact from the worker's directory to the store. Returns the new path. */
export type Promote = (source: Artifact, success: PrepareWorkerSuccess) => Promise<string>;

/**
 * Runs jobs on one worker, one after another. Follows `start_work` of Polkadot's host (protocol, 5.2).
 *
 * Short calls on the worker's directory are synchronous. Each takes about 20 µs; a round trip through Node's thread pool takes
 * at least ten times as long on a busy machine. A worker may put anything into its directory: a FIFO, a device, a link, a
 * deep tree. None of that may block this thread.
 */
export class WorkerSession implements AsyncDisposable {
  private readonly artifact: string;

  constructor(
    readonly worker: SpawnedWorker,
    private readonly options: SessionOptions,
  ) {
    this.artifact = join(worker.dir, 'tmp-artifact');
  }

  /** Runs one job. Rejects only with the signal's reason. Then the worker is still busy: dispose of the session. */
  async startWork(
    job: PrepareJob,
    promote: Promote,
    signal: AbortSignal,
    onProgress: (progress: JobProgress) => void = () => {},
  ): Promise<WorkResult> {
    const created = this.createArtifact();
    if (created) return { outcome: created };
    using _progress = this.worker.process.followProgress(onProgress);
    const outcome = await this.exchange(job, promote, signal);
    const costs = isPrepared(outcome) ? await this.costs() : undefined;
    const uncleared = await this.clearWorkerDir(signal);
    return uncleared === undefined ? { outcome, ...(costs && { costs }) } : { outcome: uncleared };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.worker[Symbol.asyncDispose]();
  }

  /** The host creates the file: in the sandbox the worker may write files of its directory, but not create them. */
  private createArtifact(): Outcome | undefined {
    try {
      this.removeOldArtifact();
      const { O_WRONLY, O_CREAT, O_EXCL, O_NOFOLLOW = 0 } = constants;
      closeSync(openSync(this.artifact, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW));
      return undefined;
    } catch (error) {
      // Without its directory the worker can run no more jobs. On Polkadot's host every job would fail.
      const isLost = (error as NodeJS.ErrnoException).code === 'ENOENT';
      return { kind: isLost ? 'unreachable' : 'create-tmp-file', message: errorMessage(error) };
    }
  }

  /** The directory is empty, unless the worker wrote to it after its answer. Removes a link, not its target. */
  private removeOldArtifact(): void {
    if (lstatSync(this.artifact, { throwIfNoEntry: false }) !== undefined) unlinkSync(this.artifact);
  }

  private async exchange(job: PrepareJob, promote: Promote, signal: AbortSignal): Promise<Outcome> {
    const { stream } = this.worker;
    if (!stream.isQuiet) return { kind: 'unreachable', message: 'the worker sent bytes without a request' };
    const limitMs = durationToMillis(job.prepTimeout);
    // Listen before sending, or a quick answer would count as unexpected.
    const answer = stream.receive();
    answer.catch(() => {});
    try {
      await withDeadline(stream.send(this.encode(job)), this.options.sendTimeoutMs, signal);
    } catch (error) {
      signal.throwIfAborted();
      return { kind: 'unreachable', message: errorMessage(error) };
    }
    try {
      const payload = await withDeadline(answer, this.options.wallClock(limitMs), signal);
      return await this.handle(payload, job.prepTimeout, promote, signal);
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof DeadlineExceeded) return { kind: 'timed-out', clock: 'wall', limitMs: error.afterMs };
      return { kind: 'io-error', message: errorMessage(error) };
    }
  }

  private encode(job: PrepareJob): Uint8Array {
    const { revision, log } = this.options;
    const { known, unknown } = paramsFor(revision, job.executorParams);
    for (const { tag } of unknown) {
      log.warn(
        `Did not send the executor param ${tag}: wire revision ${revision.id} of the worker does not support it.`,
      );
    }
    return encodeRequest(revision, {
      maybeCompressedCode: job.code,
      validationCodeBombLimit: job.bombLimit,
      codeHash: job.codeHash,
      executorParams: known,
      prepTimeout: job.prepTimeout,
      prepKind: job.kind,
    });
  }

  private async handle(
    payload: Uint8Array,
    prepTimeout: Duration,
    promote: Promote,
    signal: AbortSignal,
  ): Promise<Outcome> {
    const { revision, platform, name, version } = this.options;
    let result: ReturnType<typeof decodeResponse>['value'];
    try {
      result = decodeResponse(revision, platform, payload).value;
    } catch (error) {
      const message = `${name} (version ${version ?? 'unknown'}) sent an invalid answer: ${errorMessage(error)}`;
      return { kind: 'unsupported-worker', message };
    }
    const limitMs = durationToMillis(prepTimeout);
    if (!result.success) return outcomeOfError(result.value, limitMs);
    if (durationToMillis(result.value.stats.cpuTimeElapsed) > limitMs) {
      return { kind: 'timed-out', clock: 'cpu', limitMs };
    }
    return this.conclude(result.value, promote, signal);
  }

  private async conclude(success: PrepareWorkerSuccess, promote: Promote, signal: AbortSignal): Promise<Outcome> {
    const { bytes, hex } = await checksumOfFile(this.artifact, this.options.newHash, signal);
    const { checksum, stats } = success;
    if (checksum?.algorithm === 'twox-256' && checksum.hex !== hex) {
      const message = `the artifact on disk has the hash ${hex}, but the worker reported ${checksum.hex}`;
      return { kind: 'io-error', message };
    }
    try {
      const path = await promote({ path: this.artifact, bytes, checksum: hex }, success);
      return { kind: 'concluded', prepared: { path, artifactBytes: bytes, checksum, stats } };
    } catch (error) {
      return { kind: 'rename-tmp-file', message: errorMessage(error), source: this.artifact };
    }
  }

  /** Undefined when the worker left none, or invalid ones. */
  private async costs(): Promise<FunctionCosts | undefined> {
    if (!this.options.leavesCosts) return undefined;
    try {
      return await readCosts(this.worker.dir);
    } catch (error) {
      this.options.log.warn(`The costs of the functions are unknown: ${errorMessage(error)}.`);
      return undefined;
    }
  }

  /** Empties the directory without removing it: it may be the worker's root mount. Rejects with the signal's reason. */
  private async clearWorkerDir(signal: AbortSignal): Promise<Outcome | undefined> {
    try {
      await emptyFolder(this.worker.dir, signal);
      return undefined;
    } catch (error) {
      signal.throwIfAborted();
      return { kind: 'clear-worker-dir', message: errorMessage(error) };
    }
  }
}

function isPrepared(outcome: Outcome): boolean {
  return outcome.kind === 'concluded' && 'prepared' in outcome;
}
