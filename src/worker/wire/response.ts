/** `PrepareWorkerResult`, in the layouts of the wire revisions. Source: polkadot-node-core-pvf-common `prepare.rs`. */
import {
  Bytes,
  type Codec,
  type CodecType,
  createCodec,
  createDecoder,
  i64,
  Option,
  Result,
  Struct,
  str,
  u32,
  u64,
} from 'scale-ts';
import { fromHex, toHex } from '../../base/bytes.ts';
import { type PrepareError, prepareError, prepareErrorWithoutJobPid } from '../../polkadot/prepare-error.ts';
import { type Duration, duration } from '../../polkadot/scale.ts';

/** The members of a response. They differ by wire revision and by the worker's operating system. */
export interface ResponseLayout {
  /** `bytes`: 32 bytes of twox-256. `hex-text`: 64 digits of BLAKE3. */
  readonly checksum: 'bytes' | 'hex-text' | 'none';
  readonly observedCodeLength: 'present' | 'absent';
  readonly jobPid: 'present' | 'absent';
  /** Workers outside Linux omit the figures that only Linux measures. */
  readonly memory: 'linux' | 'peak-only';
}

interface MemoryStats {
  /** Bytes. Maxima polled from jemalloc every 100 ms; undefined if the tracker failed. */
  readonly memoryTrackerStats: { readonly resident: bigint; readonly allocated: bigint } | undefined;
  /** KiB (`ru_maxrss`). */
  readonly maxRss: bigint | undefined;
  /** Bytes. Peak of the tracking allocator. */
  readonly peakTrackedAlloc: bigint;
}

export interface PrepareWorkerSuccess {
  readonly checksum: Checksum | undefined;
  readonly stats: {
    /** User and system time of the job process. */
    readonly cpuTimeElapsed: Duration;
    readonly memoryStats: MemoryStats;
    /** Bytes after decompression. */
    readonly observedWasmCodeLen: number | undefined;
  };
}

/** The hash of the artifact that the worker reports, as 0x-hex. */
export interface Checksum {
  readonly algorithm: 'twox-256' | 'blake3';
  readonly hex: string;
}

export type PrepareWorkerResult =
  | { readonly success: true; readonly value: PrepareWorkerSuccess }
  | { readonly success: false; readonly value: PrepareError };

/** A member that the layout lacks: no bytes, always `undefined`. */
const absent = <T>(): Codec<T | undefined> =>
  createCodec<T | undefined>(
    () => new Uint8Array(0),
    () => undefined,
  );

/** Maps a codec in both directions. */
function map<Wire, Value>(codec: Codec<Wire>, to: (value: Value) => Wire, from: (wire: Wire) => Value): Codec<Value> {
  return createCodec(
    (value) => codec.enc(to(value)),
    createDecoder((bytes) => from(codec.dec(bytes))),
  );
}

const hexDigits = /^[0-9a-f]{64}$/;

const checksums: Record<ResponseLayout['checksum'], Codec<Checksum | undefined>> = {
  bytes: map(
    Bytes(32),
    (sum) => fromHex(sum?.hex ?? ''),
    (bytes) => ({ algorithm: 'twox-256', hex: toHex(bytes) }),
  ),
  'hex-text': map(
    str,
    (sum) => sum?.hex.slice(2) ?? '',
    (digits) => {
      if (!hexDigits.test(digits)) throw new RangeError('the checksum is not 64 hex digits');
      return { algorithm: 'blake3', hex: `0x${digits}` };
    },
  ),
  none: absent(),
};

const memoryStats: Record<ResponseLayout['memory'], Codec<MemoryStats>> = {
  linux: Struct({
    memoryTrackerStats: Option(Struct({ resident: u64, allocated: u64 })),
    maxRss: Option(i64),
    peakTrackedAlloc: u64,
  }),
  'peak-only': Struct({ memoryTrackerStats: absent(), maxRss: absent(), peakTrackedAlloc: u64 }),
};

const u32OrAbsent = u32 as Codec<number | undefined>;

const success = (layout: ResponseLayout): Codec<PrepareWorkerSuccess> =>
  Struct({
    checksum: checksums[layout.checksum],
    stats: Struct({
      cpuTimeElapsed: duration,
      memoryStats: memoryStats[layout.memory],
      observedWasmCodeLen: layout.observedCodeLength === 'present' ? u32OrAbsent : absent(),
    }),
  });

/** Converts an old worker's error to the current shape. The unknown pid becomes 0. */
const errorWithoutPid = map<CodecType<typeof prepareErrorWithoutJobPid>, PrepareError>(
  prepareErrorWithoutJobPid,
  (error) => (error.tag === 'JobDied' ? { tag: 'JobDied', value: error.value.err } : error),
  (error) => (error.tag === 'JobDied' ? { tag: 'JobDied', value: { err: error.value, jobPid: 0 } } : error),
);

export function prepareWorkerResult(layout: ResponseLayout): Codec<PrepareWorkerResult> {
  const error = layout.jobPid === 'present' ? prepareError : errorWithoutPid;
  return Result(success(layout), error) as Codec<PrepareWorkerResult>;
}
