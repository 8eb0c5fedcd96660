import assert from 'node:assert/strict';
import { displayOutcome } from '../../../../src/check/outcome-summary.ts';
import { findingsAboutOutcome } from '../../../../src/check/rules/run.ts';
import type { Finding } from '../../../../src/model/report.ts';
import type { PrepareError } from '../../../../src/polkadot/prepare-error.ts';
import { type Outcome, outcomeOfError } from '../../../../src/worker/host/outcome.ts';
import { outcomeList, prepared, prepareErrorList } from '../outcomes.ts';
import { protocolCases } from '../protocol-cases.ts';
import { errorOf } from './cases.ts';

const rejecting = protocolCases.filter(({ expect }) => expect.err !== undefined);

/** The finding of each rejecting case. */
const casesOfFinding: Readonly<Record<string, readonly string[]>> = {
  'not-a-module': [
    'empty file',
    'random bytes',
    'truncated pvf',
    'trailing byte 0x00',
    'trailing byte 0x80',
    'trailing bytes 0x80 0x80',
    'wrong version 2',
    'plain zstd without the magic',
    'zstd of 30 MiB of zeroes, limit 30 MiB',
  ],
  'wasm-component': ['component header'],
  'polkavm-blob': ['PolkaVM magic'],
  'damaged-compression': ['magic then rubbish', 'magic then nothing', 'zstd truncated'],
  'compression-bomb': ['zstd of 30 MiB + 1 of zeroes, limit 30 MiB', 'zstd bomb 1 GiB of zeroes'],
  'opcode-bulk-memory': [
    'saturating float to int',
    'bulk memory, param absent',
    'bulk memory, WasmExtBulkMemory',
    'data count section',
  ],
  'multi-value': ['multi value result', 'multi value block'],
  'multi-memory': ['two memories', 'two imported memories'],
  'opcode-simd': ['simd', 'simd type v128 in a signature'],
  'opcode-sign-extension': ['sign extension'],
  'opcode-reference-types': ['externref table', 'ref.null func', 'two tables'],
  'opcode-tail-call': ['tail call'],
  'opcode-atomics': ['shared memory', 'atomics'],
  memory64: ['memory64'],
  'two-memories': ['imported memory and own memory'],
  'host-function-signature': ['known env function, wrong type', 'same env function imported twice with two types'],
  'non-env-import': ['function of another module'],
  'non-function-import': [
    'imported table',
    'imported mutable global',
    'imported immutable global, no function with a call or an export',
  ],
  'not-compilable': ['imported global', 'type error in a body', 'stack underflow in a body'],
  'function-too-large': ['50001 locals'],
  'stack-limiter': ['three drops on an empty stack', 'br out of bounds', 'bad export index'],
  'engine-settings': ['StackNativeMax=0'],
  'preparation-timeout': ['prep timeout 1 ns', 'prep timeout 0'],
  'preparation-out-of-memory': ['PrecheckingMaxMemory=1', 'PrecheckingMaxMemory=1, compilation'],
};

/** Errors without a protocol case, and their findings. */
const rows: readonly (readonly [tag: PrepareError['tag'], text: string, id: string, texts: RegExp])[] = [
  ['Prevalidation', 'Other("cannot deserialize module: UnknownOpcode(196)")', 'opcode-sign-extension', /wasm32v1-none/],
  ['Prevalidation', 'Other("cannot deserialize module: UnknownOpcode(210)")', 'opcode-reference-types', /mcpu=mvp/],
  ['Prevalidation', 'Other("cannot deserialize module: UnknownOpcode(19)")', 'opcode-tail-call', /tail calls/],
  ['Prevalidation', 'Other("cannot deserialize module: UnknownOpcode(254)")', 'opcode-atomics', /threads/],
  [
    'Prevalidation',
    'Other("cannot deserialize module: UnknownOpcode(224)")',
    'not-mvp',
    /first version of WebAssembly/,
  ],
  [
    'Prevalidation',
    'Other("cannot deserialize module: InconsistentMetadata")',
    'not-a-module',
    /Build the runtime again/,
  ],
  ['Prevalidation', 'Other("cannot deserialize module: InvalidVarUint32")', 'damaged-module', /module is damaged/],
  ['Preparation', 'Other("something new")', 'preparation-error', /toolchain/],
  ['RuntimeConstruction', 'Other("cannot deserialize module: bad")', 'worker-mismatch', /one build/],
  ['RuntimeConstruction', 'Other("something new")', 'runtime-construction-error', /imports/],
  ['JobError', 'panicked at src/lib.rs', 'job-error', /--log debug/],
  ['TimedOut', '', 'preparation-timeout', /Slower validators time out/],
  ['OutOfMemory', '', 'preparation-out-of-memory', /largest functions/],
  ['IoErr', 'Permission denied (os error 13)', 'local-failure', /nothing about the runtime/],
  ['IoErr', 'No space left on device (os error 28)', 'disk-full', /PVF_CACHE_DIR/],
  ['CreateTmpFile', 'ENOSPC: no space left on device, open', 'disk-full', /PVF_CACHE_DIR/],
  ['RenameTmpFile', 'Disk quota exceeded (os error 122)', 'disk-full', /PVF_CACHE_DIR/],
  ['ClearWorkerDir', 'Operation not permitted (os error 1)', 'local-failure', /permissions/],
  ['Kernel', 'fork: EAGAIN: Try again', 'kernel-refused', /nothing about the runtime/],
  ['JobDied', 'received signal: SIGKILL', 'job-killed', /memory ran out/],
  ['JobDied', 'received signal: SIGSYS', 'job-sandboxed', /workers diagnose/],
  ['JobDied', 'received signal: SIGSEGV', 'job-crashed', /report/],
  ['JobDied', 'received signal: SIGTERM', 'job-ended', /Run again/],
  ['IoErr', 'early eof', 'worker-ended', /nothing about the runtime/],
];

const findingsOf = (outcome: Outcome) => findingsAboutOutcome(outcome, 'measured');

function findingOf(outcome: Outcome): Finding {
  const [finding, ...others] = findingsOf(outcome);
  assert.ok(finding, 'no finding');
  assert.deepEqual(others, []);
  return finding;
}

describe('findingsAboutOutcome', () => {
  it('is tested with every rejecting case of the protocol', () => {
    const listed = Object.values(casesOfFinding).flat();
    assert.deepEqual(listed.toSorted(), rejecting.map(({ name }) => name).toSorted());
  });

  for (const [id, names] of Object.entries(casesOfFinding)) {
    for (const name of names) {
      it(`explains "${name}" with ${id}`, () => {
        const err = rejecting.find((one) => one.name === name)?.expect.err;
        assert.ok(err);
        const outcome = outcomeOfError(errorOf(err.kind, err.value ?? ''), 60_000);
        const finding = findingOf(outcome);
        assert.equal(finding.id, id);
        assert.equal(finding.severity, 'error');
        // Polkadot's text stands in the outcome, once.
        assert.ok(!finding.message.includes(displayOutcome(outcome)));
        assert.match(finding.message, /^[A-Z].*\.$/);
        assert.match(finding.hint ?? '', /^[A-Z`].*\.$/);
      });
    }
  }

  for (const [tag, text, id, texts] of rows) {
    it(`explains ${tag} "${text}" with ${id}`, () => {
      const finding = findingOf({ kind: 'concluded', error: errorOf(tag, text) });
      assert.equal(finding.id, id);
      assert.match(`${finding.message} ${finding.hint}`, texts);
    });
  }

  it('has a hint for every kind of error, with any text', () => {
    for (const error of prepareErrorList) {
      const { id, hint } = findingOf({ kind: 'concluded', error });
      assert.match(id, /^[a-z0-9]+(-[a-z0-9]+)*$/);
      assert.ok(hint, error.tag);
    }
  });

  it('has a hint for every outcome except success and cancellation', () => {
    const without = outcomeList.filter((outcome) => findingsOf(outcome).some(({ hint }) => !hint));
    assert.deepEqual(without, []);
    const none = outcomeList.filter((outcome) => findingsOf(outcome).length === 0);
    assert.deepEqual(
      none.map(({ kind }) => kind),
      ['concluded', 'cancelled'],
    );
    assert.deepEqual(findingsOf(prepared), []);
  });

  it('ignores function names', () => {
    const name = 'parity_wasm::Error::UnknownOpcode(192)::InvalidMagic::multi_value::no space left on device';
    const value = `Other("cannot precompile module: failed to compile: wasm[0]::function[7]::${name}: too large")`;
    assert.equal(findingOf({ kind: 'concluded', error: { tag: 'Preparation', value } }).id, 'not-compilable');
  });

  it('explains how to get a worker', () => {
    const hint = (cause: Extract<Outcome, { kind: 'not-spawned' }>['cause']) =>
      findingOf({ kind: 'not-spawned', cause, message: 'm' }).hint ?? '';
    assert.match(hint('no-worker'), /`pvf workers build`/);
    assert.match(hint('tmp-path'), /PVF_CACHE_DIR/);
    assert.match(hint('bind'), /TMPDIR/);
    assert.match(hint('process-spawn'), /`pvf workers diagnose`/);
  });
});
