import { truncate } from '../../base/text.ts';
import { outcomeKinds } from '../../model/outcome-table.ts';
import type { PrepareError } from '../../polkadot/prepare-error.ts';
import type { SpawnFailureCause } from '../process/spawn-worker.ts';
import type { PrepareWorkerSuccess } from '../wire/response.ts';

/** A prepared artifact in the store. */
export interface Prepared {
  readonly path: string;
  /** Bytes of the artifact itself. Polkadot's host reports those of the directory (protocol, 11.2). */
  readonly artifactBytes: number;
  readonly checksum: PrepareWorkerSuccess['checksum'];
  readonly stats: PrepareWorkerSuccess['stats'];
}

/** The outcome of a job. The first nine mirror `Outcome` of Polkadot's host (`prepare/worker_interface.rs`). */
export type Outcome =
  | { readonly kind: 'concluded'; readonly prepared: Prepared }
  | { readonly kind: 'concluded'; readonly error: PrepareError }
  /** The request could not be written. */
  | { readonly kind: 'unreachable'; readonly message: string }
  | { readonly kind: 'create-tmp-file'; readonly message: string }
  | { readonly kind: 'rename-tmp-file'; readonly message: string; readonly source: string }
  | { readonly kind: 'clear-worker-dir'; readonly message: string }
  /** Which of the three clocks ran out (protocol, 5.4). */
  | { readonly kind: 'timed-out'; readonly clock: 'worker' | 'wall' | 'cpu'; readonly limitMs: number }
  | { readonly kind: 'io-error'; readonly message: string }
  | { readonly kind: 'out-of-memory' }
  | { readonly kind: 'job-died'; readonly message: string; readonly jobPid: number }
  // Our own kinds follow. They say nothing about the runtime.
  | { readonly kind: 'not-spawned'; readonly cause: SpawnFailureCause | 'no-worker'; readonly message: string }
  | { readonly kind: 'unsupported-worker'; readonly message: string }
  | { readonly kind: 'cancelled'; readonly by: 'caller' | 'shutdown' }
  | { readonly kind: 'stale-input'; readonly message: string };

/** What becomes of the worker after a job (protocol, 5.3). */
export function fateOfWorker({ kind }: Outcome): 'kept' | 'killed' {
  return outcomeKinds[kind].workerFate;
}

/** Maps an error of the worker as Polkadot's host does: three errors have an outcome of their own. */
export function outcomeOfError(error: PrepareError, limitMs: number): Outcome {
  switch (error.tag) {
    case 'TimedOut':
      return { kind: 'timed-out', clock: 'worker', limitMs };
    case 'OutOfMemory':
      return { kind: 'out-of-memory' };
    case 'JobDied':
      return { kind: 'job-died', message: bounded(error.value.err), jobPid: error.value.jobPid };
    case 'RenameTmpFile':
      return { kind: 'concluded', error: { ...error, value: { ...error.value, err: bounded(error.value.err) } } };
    default:
      return { kind: 'concluded', error: { ...error, value: bounded(error.value) } };
  }
}

/** Characters of an error's text. Texts of real workers are shorter than 1000, unless a blob holds huge names. */
const MAX_ERROR_CHARACTERS = 64 * 1024;

function bounded(text: string): string {
  return truncate(text, MAX_ERROR_CHARACTERS);
}
