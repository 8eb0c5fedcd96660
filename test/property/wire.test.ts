import assert from 'node:assert/strict';
import fc from 'fast-check';
import { concat } from '../../src/base/bytes.ts';
import { type ExecutorParam, executorParams } from '../../src/polkadot/executor-params.ts';
import type { PrepareError } from '../../src/polkadot/prepare-error.ts';
import { type Duration, decode } from '../../src/polkadot/scale.ts';
import { encodeFrame, FrameReader, FrameTooLong } from '../../src/worker/wire/frame.ts';
import { pvfPrepData } from '../../src/worker/wire/request.ts';
import type { PrepareWorkerResult, PrepareWorkerSuccess } from '../../src/worker/wire/response.ts';
import { decodeResponse, responseCodec, revision, type WireRevision } from '../../src/worker/wire/revision.ts';
import { revisionIds } from '../../src/worker/wire/revision-id.ts';

/** Plain objects, like those of the codecs. */
const record = <T>(model: { [Key in keyof T]: fc.Arbitrary<T[Key]> }): fc.Arbitrary<T> =>
  fc.record<T>(model, { noNullPrototype: true }) as fc.Arbitrary<T>;

const u32 = fc.nat(2 ** 32 - 1);
const u64 = fc.bigInt(0n, 2n ** 64n - 1n);
const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
const duration: fc.Arbitrary<Duration> = record({ secs: u64, nanos: fc.nat(999_999_999) });
/** Any text that Rust's `String` supports, so no lone surrogates. */
const text = fc.string({ unit: 'binary' });

const param: fc.Arbitrary<ExecutorParam> = fc.oneof(
  ...(['MaxMemoryPages', 'StackLogicalMax', 'StackNativeMax'] as const).map((tag) =>
    u32.map((value): ExecutorParam => ({ tag, value })),
  ),
  u64.map((value): ExecutorParam => ({ tag: 'PrecheckingMaxMemory', value })),
  record({ kind: fc.constantFrom('Precheck' as const, 'Prepare' as const), millis: u64 }).map(
    (value): ExecutorParam => ({ tag: 'PvfPrepTimeout', value }),
  ),
  record({ kind: fc.constantFrom('Backing' as const, 'Approval' as const), millis: u64 }).map(
    (value): ExecutorParam => ({ tag: 'PvfExecTimeout', value }),
  ),
  fc.constant<ExecutorParam>({ tag: 'WasmExtBulkMemory', value: undefined }),
  fc.constant<ExecutorParam>({ tag: 'EnabledHostFunction', value: 'EccRfc163' }),
);

const error = ({ response }: WireRevision): fc.Arbitrary<PrepareError> =>
  fc.oneof(
    ...(
      [
        'Prevalidation',
        'Preparation',
        'RuntimeConstruction',
        'JobError',
        'IoErr',
        'CreateTmpFile',
        'ClearWorkerDir',
        'Kernel',
        'CouldNotDecompressCodeBlob',
      ] as const
    ).map((tag) => text.map((value): PrepareError => ({ tag, value }))),
    fc.constantFrom<PrepareError>({ tag: 'TimedOut', value: undefined }, { tag: 'OutOfMemory', value: undefined }),
    record({
      err: text,
      src: fc.option(text, { nil: undefined }),
      dest: fc.option(text, { nil: undefined }),
    }).map((value): PrepareError => ({ tag: 'RenameTmpFile', value })),
    record({ err: text, jobPid: response.jobPid === 'present' ? fc.integer() : fc.constant(0) }).map(
      (value): PrepareError => ({ tag: 'JobDied', value }),
    ),
  );

const checksum = ({ response }: WireRevision): fc.Arbitrary<PrepareWorkerSuccess['checksum']> => {
  const hex = bytes(32).map((sum) => `0x${Buffer.from(sum).toString('hex')}`);
  switch (response.checksum) {
    case 'bytes':
      return hex.map((sum) => ({ algorithm: 'twox-256', hex: sum }));
    case 'hex-text':
      return hex.map((sum) => ({ algorithm: 'blake3', hex: sum }));
    case 'none':
      return fc.constant(undefined);
  }
};

const success = (wire: WireRevision, platform: NodeJS.Platform): fc.Arbitrary<PrepareWorkerSuccess> => {
  const onLinux = <T>(value: fc.Arbitrary<T>) =>
    platform === 'linux' ? fc.option(value, { nil: undefined }) : fc.constant(undefined);
  return record({
    checksum: checksum(wire),
    stats: record({
      cpuTimeElapsed: duration,
      memoryStats: record({
        memoryTrackerStats: onLinux(record({ resident: u64, allocated: u64 })),
        maxRss: onLinux(fc.bigInt(-(2n ** 63n), 2n ** 63n - 1n)),
        peakTrackedAlloc: u64,
      }),
      observedWasmCodeLen: wire.response.observedCodeLength === 'present' ? u32 : fc.constant(undefined),
    }),
  });
};

const result = (wire: WireRevision, platform: NodeJS.Platform): fc.Arbitrary<PrepareWorkerResult> =>
  fc.oneof(
    success(wire, platform).map((value): PrepareWorkerResult => ({ success: true, value })),
    error(wire).map((value): PrepareWorkerResult => ({ success: false, value })),
  );

/** Splits bytes at places given as fractions of their length. */
function cutAt(whole: Uint8Array, fractions: readonly number[]): Uint8Array[] {
  const places = fractions.map((fraction) => Math.floor(fraction * (whole.length + 1))).sort((a, b) => a - b);
  const ends = [...places, whole.length];
  return ends.map((end, at) => whole.subarray(at === 0 ? 0 : ends[at - 1], end));
}

const fraction = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

describe('FrameReader', () => {
  it('returns all payloads, wherever the stream is split', () => {
    fc.assert(
      fc.property(
        fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 12 }),
        fc.array(fraction, { maxLength: 40 }),
        (payloads, cuts) => {
          const reader = new FrameReader(300);
          const stream = concat(...payloads.map(encodeFrame));
          assert.deepEqual(
            cutAt(stream, cuts).flatMap((piece) => reader.push(piece)),
            payloads,
          );
          assert.equal(reader.pending, 0);
        },
      ),
    );
  });

  it('accepts lengths up to its limit and rejects larger ones', () => {
    const edges = fc.constantFrom(2n ** 32n, 2n ** 53n, 2n ** 63n, 2n ** 64n - 1n);
    fc.assert(
      fc.property(fc.nat(2 ** 30), fc.oneof(u64, fc.bigInt(0n, 2n ** 31n), edges), (bound, length) => {
        const header = Buffer.alloc(8);
        header.writeBigUInt64LE(length);
        const reader = new FrameReader(bound);
        if (length > BigInt(bound)) assert.throws(() => reader.push(header), FrameTooLong);
        else assert.deepEqual(reader.push(header), length === 0n ? [new Uint8Array(0)] : []);
      }),
    );
  });
});

describe('responses', () => {
  for (const id of revisionIds) {
    for (const platform of ['linux', 'darwin'] as const) {
      it(`of ${id} on ${platform} survive encoding and decoding, with any trailing bytes`, () => {
        const wire = revision(id);
        fc.assert(
          fc.property(result(wire, platform), fc.uint8Array({ maxLength: 20 }), (value, tail) => {
            const encoded = responseCodec(wire, platform).enc(value);
            const decoded = decodeResponse(wire, platform, concat(encoded, tail));
            assert.deepEqual(decoded, { value, consumed: encoded.length });
          }),
        );
      });
    }
  }

  it('with random bytes are rejected or encode to the same bytes', () => {
    const wire = revision('26.0.0');
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (random) => {
        try {
          const { value, consumed } = decodeResponse(wire, 'linux', random);
          assert.deepEqual(responseCodec(wire, 'linux').enc(value), random.subarray(0, consumed));
        } catch (error) {
          assert.equal((error as Error).name, 'WireDecodeError');
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('requests', () => {
  it('survive encoding and decoding', () => {
    const request = record({
      maybeCompressedCode: fc.uint8Array({ maxLength: 200 }),
      validationCodeBombLimit: u32,
      codeHash: bytes(32),
      executorParams: fc.array(param, { maxLength: 10 }),
      prepTimeout: duration,
      prepKind: fc.constantFrom('Compilation' as const, 'Prechecking' as const),
    });
    fc.assert(
      fc.property(request, (value) => {
        const encoded = pvfPrepData.enc(value);
        assert.deepEqual(decode(pvfPrepData, encoded, 'request'), { value, consumed: encoded.length });
      }),
    );
  });

  it('support any list of executor params', () => {
    fc.assert(
      fc.property(fc.array(param, { maxLength: 70 }), (params) => {
        assert.deepEqual(decode(executorParams, executorParams.enc(params), 'params').value, params);
      }),
    );
  });
});
