import assert from 'node:assert/strict';
import { fromHex, toHex } from '../../../../src/base/bytes.ts';
import type { ExecutorParam } from '../../../../src/polkadot/executor-params.ts';
import type { SecurityStatus } from '../../../../src/worker/wire/handshake.ts';
import type { PrepareWorkerResult } from '../../../../src/worker/wire/response.ts';
import {
  decodeResponse,
  encodeHandshake,
  encodeRequest,
  paramsFor,
  responseCodec,
  revision,
  revisionsFor,
  securityArguments,
} from '../../../../src/worker/wire/revision.ts';
import { type RevisionId, revisionIds } from '../../../../src/worker/wire/revision-id.ts';
import { type RequestValue, requestOf, vector } from './protocol-vectors.ts';

/**
 * Members of an Ok answer in the layout of the protocol (3.6 and 4.1), encoded by hand:
 * Duration is u64 seconds and u32 nanoseconds, an option is one byte before its value, a String has its length in
 * SCALE's compact form (64 is `0101`, 4 is `10`), all numbers are little-endian.
 */
const part = {
  ok: '00',
  /** 32 bytes of twox-256. */
  rawChecksum: '11'.repeat(32),
  /** 64 hex digits of BLAKE3, here 32 times `ab`, as text: `a` is 0x61 and `b` 0x62. */
  textChecksum: `0101${'6162'.repeat(32)}`,
  /** 12 s and 345 678 000 ns (0x149aa0b0). */
  cpuTime: '0c00000000000000' + 'b0a09a14',
  /** Some(resident 4096, allocated 2048). */
  tracker: '01' + '0010000000000000' + '0008000000000000',
  /** Some(-2): it is an i64. */
  maxRss: '01' + 'feffffffffffffff',
  none: '00',
  /** 65 535 bytes. */
  peak: 'ffff000000000000',
  /** 1 234 567 bytes (0x12d687). */
  codeLength: '87d61200',
};

const memory = { memoryTrackerStats: { resident: 4096n, allocated: 2048n }, maxRss: -2n, peakTrackedAlloc: 65_535n };
const cpuTimeElapsed = { secs: 12n, nanos: 345_678_000 };

interface OldAnswer {
  readonly revisions: readonly RevisionId[];
  readonly platform: NodeJS.Platform;
  readonly parts: readonly (keyof typeof part)[];
  readonly value: PrepareWorkerResult;
}

const blake3 = { algorithm: 'blake3', hex: `0x${'ab'.repeat(32)}` } as const;
const twox = { algorithm: 'twox-256', hex: `0x${'11'.repeat(32)}` } as const;
const onlyPeak = { memoryTrackerStats: undefined, maxRss: undefined, peakTrackedAlloc: 65_535n };

const answers: readonly OldAnswer[] = [
  {
    revisions: ['5.0.0'],
    platform: 'linux',
    parts: ['ok', 'cpuTime', 'tracker', 'maxRss', 'peak'],
    value: ok(undefined, memory, undefined),
  },
  {
    revisions: ['6.0.0', '8.0.0'],
    platform: 'linux',
    parts: ['ok', 'textChecksum', 'cpuTime', 'tracker', 'maxRss', 'peak'],
    value: ok(blake3, memory, undefined),
  },
  {
    revisions: ['16.0.0', '17.0.1'],
    platform: 'linux',
    parts: ['ok', 'textChecksum', 'cpuTime', 'tracker', 'maxRss', 'peak', 'codeLength'],
    value: ok(blake3, memory, 1_234_567),
  },
  {
    revisions: ['20.0.0', '25.0.0', '26.0.0'],
    platform: 'linux',
    parts: ['ok', 'rawChecksum', 'cpuTime', 'tracker', 'maxRss', 'peak', 'codeLength'],
    value: ok(twox, memory, 1_234_567),
  },
  {
    revisions: ['20.0.0', '25.0.0', '26.0.0'],
    platform: 'linux',
    parts: ['ok', 'rawChecksum', 'cpuTime', 'none', 'none', 'peak', 'codeLength'],
    value: ok(twox, onlyPeak, 1_234_567),
  },
  // Outside Linux the two optional members are absent.
  {
    revisions: ['26.0.0'],
    platform: 'darwin',
    parts: ['ok', 'rawChecksum', 'cpuTime', 'peak', 'codeLength'],
    value: ok(twox, onlyPeak, 1_234_567),
  },
];

type Success = Extract<PrepareWorkerResult, { success: true }>['value'];

function ok(
  checksum: Success['checksum'],
  memoryStats: Success['stats']['memoryStats'],
  observedWasmCodeLen: number | undefined,
): PrepareWorkerResult {
  return { success: true, value: { checksum, stats: { cpuTimeElapsed, memoryStats, observedWasmCodeLen } } };
}

function assertBothWays(id: RevisionId, platform: NodeJS.Platform, hex: string, value: PrepareWorkerResult): void {
  const bytes = fromHex(hex);
  assert.deepEqual(decodeResponse(revision(id), platform, bytes), { value, consumed: bytes.length });
  assert.equal(toHex(responseCodec(revision(id), platform).enc(value)), toHex(bytes));
}

describe('the answer of each wire revision', () => {
  for (const { revisions, platform, parts, value } of answers) {
    it(`${revisions.join(', ')} on ${platform}: ${parts.join(' ')}`, () => {
      const hex = parts.map((name) => part[name]).join('');
      for (const id of revisions) assertBothWays(id, platform, hex, value);
    });
  }

  it('covers every revision', () => {
    assert.deepEqual(new Set(answers.flatMap(({ revisions }) => revisions)), new Set(revisionIds));
  });

  it('has 83 bytes on Linux in the latest revision', () => {
    assert.equal(answers[3]?.parts.map((name) => part[name]).join('').length, 2 * 83);
  });

  it('has no pid in the JobDied of 5.0.0', () => {
    const text = '10' + '64696564';
    const jobDied = (jobPid: number): PrepareWorkerResult => ({
      success: false,
      value: { tag: 'JobDied', value: { err: 'died', jobPid } },
    });
    assertBothWays('5.0.0', 'linux', `010a${text}`, jobDied(0));
    for (const id of revisionIds.slice(1)) assertBothWays(id, 'linux', `010a${text}39050000`, jobDied(1337));
  });

  it('is rejected in another revision, or leaves trailing bytes', () => {
    const today = fromHex(answers[3]?.parts.map((name) => part[name]).join('') ?? '');
    for (const id of ['6.0.0', '16.0.0', '17.0.1'] as const) {
      assert.throws(() => decodeResponse(revision(id), 'linux', today), { name: 'WireDecodeError' });
    }
    const old = fromHex(answers[2]?.parts.map((name) => part[name]).join('') ?? '');
    assert(decodeResponse(revision('8.0.0'), 'linux', old).consumed < old.length);
  });
});

describe('the request of each wire revision', () => {
  const request = requestOf(vector<RequestValue>('prep/tiny/empty/precheck').value);

  it('contains the bomb limit since 17.0.1', () => {
    const lengths = revisionIds.map((id) => encodeRequest(revision(id), request).length);
    assert.deepEqual(lengths, [55, 55, 55, 55, 59, 59, 59, 59]);
  });

  it('leaves decompression to the worker since 16.0.0', () => {
    assert.deepEqual(
      revisionIds.filter((id) => revision(id).decompressedBy === 'host'),
      ['5.0.0', '6.0.0', '8.0.0'],
    );
  });

  it("omits executor params that the worker can't decode", () => {
    const bulk: ExecutorParam = { tag: 'WasmExtBulkMemory', value: undefined };
    const ecc: ExecutorParam = { tag: 'EnabledHostFunction', value: 'EccRfc163' };
    for (const id of revisionIds) {
      const knowsEcc = id === '25.0.0' || id === '26.0.0';
      const { known, unknown } = paramsFor(revision(id), [ecc, bulk]);
      assert.deepEqual([known, unknown], knowsEcc ? [[ecc, bulk], []] : [[bulk], [ecc]], id);
    }
  });

  it('lets MaxMemoryPages affect the artifact until 25.0.0', () => {
    const affected = revisionIds.filter((id) => revision(id).paramsOfArtifact.has('MaxMemoryPages'));
    assert.deepEqual(affected, revisionIds.slice(0, -1));
  });
});

describe('the handshake of each wire revision', () => {
  const security: SecurityStatus = {
    secureValidatorMode: false,
    canEnableLandlock: true,
    canEnableSeccomp: false,
    canUnshareUserNamespaceAndChangeRoot: true,
    canDoSecureClone: true,
  };
  const rows: readonly (readonly [id: RevisionId, frame: string | undefined, words: string[]])[] = [
    ['5.0.0', undefined, ['--can-enable-landlock', '--can-unshare-user-namespace-and-change-root']],
    ['6.0.0', '0x00010001', []],
    ['8.0.0', '0x0001000101', []],
    ['16.0.0', '0x0001000101', []],
    ['17.0.1', '0x0001000101', []],
    ['20.0.0', '0x0001000101', []],
    ['25.0.0', '0x0001000101', []],
    ['26.0.0', '0x0001000101', []],
  ];
  for (const [id, frame, words] of rows) {
    it(`${id}: ${frame ?? words.join(' ')}`, () => {
      const bytes = encodeHandshake(revision(id), security);
      assert.equal(bytes && toHex(bytes), frame);
      assert.deepEqual(securityArguments(revision(id), security), words);
    });
  }

  it('consists of arguments for the enabled flags in 5.0.0', () => {
    const all = { ...security, canEnableSeccomp: true };
    assert.deepEqual(securityArguments(revision('5.0.0'), all), [
      '--can-enable-landlock',
      '--can-enable-seccomp',
      '--can-unshare-user-namespace-and-change-root',
    ]);
    const off = { ...security, canEnableLandlock: false, canUnshareUserNamespaceAndChangeRoot: false };
    assert.deepEqual(securityArguments(revision('5.0.0'), off), []);
  });
});

describe('revisionsFor', () => {
  const probed: RevisionId[] = ['26.0.0', '17.0.1', '16.0.0', '8.0.0'];
  const rows: readonly (readonly [version: string, candidates: readonly RevisionId[]])[] = [
    ['0.9.43', []],
    ['1.3.9', []],
    ['1.4.0', ['5.0.0']],
    ['1.5.0', ['6.0.0']],
    ['1.6.0', ['6.0.0']],
    ['1.7.0', ['8.0.0']],
    ['1.15.2', ['8.0.0']],
    ['1.16.1', ['16.0.0']],
    ['1.17.0', ['17.0.1', '16.0.0']],
    ['1.17.5', ['17.0.1', '16.0.0']],
    ['1.18.0', ['17.0.1']],
    ['1.18.3', ['17.0.1', '20.0.0']],
    ['1.18.5', ['20.0.0']],
    ['1.19.0', ['20.0.0']],
    ['1.21.0', ['20.0.0']],
    ['1.22.0', ['25.0.0']],
    ['1.24.0', ['26.0.0']],
    ['1.25.1', ['26.0.0']],
    ['1.25.1-402e110f1c', ['26.0.0']],
    [' 1.25.1\n', ['26.0.0']],
    ['v1.25.1', ['26.0.0']],
    ['1.26.0', ['26.0.0', '20.0.0']],
    ['2.0.0', ['26.0.0', '20.0.0']],
    ['garbage', probed],
    ['', probed],
    ['1.25', probed],
  ];
  for (const [version, candidates] of rows) {
    it(`${JSON.stringify(version)} -> ${candidates.join(', ') || 'none'}`, () => {
      assert.deepEqual(
        revisionsFor(version).map(({ id }) => id),
        candidates,
      );
    });
  }
});
