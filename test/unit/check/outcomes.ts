/** One outcome of each kind, and one error of each kind. */
import type { OutcomeKind } from '../../../src/model/outcome-table.ts';
import type { PrepareError } from '../../../src/polkadot/prepare-error.ts';
import type { Outcome } from '../../../src/worker/host/outcome.ts';

export const prepared: Outcome = {
  kind: 'concluded',
  prepared: {
    path: '/cache/artifacts/0xab.pvf',
    artifactBytes: 13_576,
    checksum: { algorithm: 'twox-256', hex: `0x${'cd'.repeat(32)}` },
    stats: {
      cpuTimeElapsed: { secs: 2n, nanos: 250_000_000 },
      memoryStats: {
        memoryTrackerStats: { resident: 5_000_000n, allocated: 4_000_000n },
        maxRss: 70_000n,
        peakTrackedAlloc: 3_000_000n,
      },
      observedWasmCodeLen: 86,
    },
  },
};

export const outcomes: { readonly [Kind in OutcomeKind]: Extract<Outcome, { kind: Kind }> } = {
  concluded: prepared as Extract<Outcome, { kind: 'concluded' }>,
  unreachable: { kind: 'unreachable', message: 'write EPIPE' },
  'create-tmp-file': { kind: 'create-tmp-file', message: 'EACCES: permission denied' },
  'rename-tmp-file': { kind: 'rename-tmp-file', message: 'EXDEV: cross-device link', source: '/w/tmp-artifact' },
  'clear-worker-dir': { kind: 'clear-worker-dir', message: 'EPERM: operation not permitted' },
  'timed-out': { kind: 'timed-out', clock: 'worker', limitMs: 60_000 },
  'io-error': { kind: 'io-error', message: 'early eof' },
  'out-of-memory': { kind: 'out-of-memory' },
  'job-died': { kind: 'job-died', message: 'received signal: SIGKILL', jobPid: 42 },
  'not-spawned': { kind: 'not-spawned', cause: 'accept-timeout', message: 'w did not connect within 10000 ms' },
  'unsupported-worker': { kind: 'unsupported-worker', message: 'w speaks none of the known wire revisions' },
  cancelled: { kind: 'cancelled', by: 'caller' },
  'stale-input': { kind: 'stale-input', message: 'a.wasm changed while it was prepared' },
};

export const prepareErrors: { readonly [Tag in PrepareError['tag']]: Extract<PrepareError, { tag: Tag }> } = {
  Prevalidation: { tag: 'Prevalidation', value: 'Other("cannot deserialize module: InvalidMagic")' },
  Preparation: { tag: 'Preparation', value: 'Other("cannot inject the stack limiter: \\"control stack\\"")' },
  RuntimeConstruction: { tag: 'RuntimeConstruction', value: 'Other("host doesn\'t provide any non function imports")' },
  JobError: { tag: 'JobError', value: 'panicked at the end' },
  TimedOut: { tag: 'TimedOut', value: undefined },
  IoErr: { tag: 'IoErr', value: 'Permission denied (os error 13)' },
  CreateTmpFile: { tag: 'CreateTmpFile', value: 'Permission denied (os error 13)' },
  RenameTmpFile: { tag: 'RenameTmpFile', value: { err: 'Invalid cross-device link', src: '/a', dest: undefined } },
  OutOfMemory: { tag: 'OutOfMemory', value: undefined },
  ClearWorkerDir: { tag: 'ClearWorkerDir', value: 'Operation not permitted (os error 1)' },
  JobDied: { tag: 'JobDied', value: { err: 'received signal: SIGKILL', jobPid: 42 } },
  Kernel: { tag: 'Kernel', value: 'EAGAIN: Try again' },
  CouldNotDecompressCodeBlob: { tag: 'CouldNotDecompressCodeBlob', value: 'Blob had invalid format' },
};

export const outcomeList: readonly Outcome[] = Object.values(outcomes);
export const prepareErrorList: readonly PrepareError[] = Object.values(prepareErrors);
