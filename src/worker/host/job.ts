import type { ExecutorParam } from '../../polkadot/executor-params.ts';
import { defaultPrepTimeoutMs } from '../../polkadot/prep-params.ts';
import { type Duration, durationFromMillis } from '../../polkadot/scale.ts';
import type { PrepKind } from '../wire/request.ts';

/** One preparation, the input of the host. */
export interface PrepareJob {
  /** The runtime blob as stored: raw wasm, or magic and zstd. */
  readonly code: Uint8Array;
  /** 32 bytes, blake2b-256 of `code`. */
  readonly codeHash: Uint8Array;
  readonly executorParams: readonly ExecutorParam[];
  /** Bytes after decompression. */
  readonly bombLimit: number;
  /** CPU time. The host waits four times as long on the wall clock. */
  readonly prepTimeout: Duration;
  readonly kind: PrepKind;
}

/** Polkadot's defaults. */
export const defaultPrepTimeout: Record<PrepKind, Duration> = {
  Prechecking: durationFromMillis(defaultPrepTimeoutMs.Precheck),
  Compilation: durationFromMillis(defaultPrepTimeoutMs.Prepare),
};
