/** Modules that a worker refuses, errors that only a fake worker can give, and workers that fail. */
import { concat } from '../../../src/base/bytes.ts';
import type { PrepareError } from '../../../src/polkadot/prepare-error.ts';
import { errorOf } from '../../unit/check/rules/cases.ts';
import { errAnswer, type FakeBehaviour, okAnswer } from '../fake-worker.ts';
import { plainPvf, plainPvfOf } from '../plain-pvf.ts';
import { pvfModule } from '../pvf-module.ts';
import { workerErrors } from '../worker-errors.ts';
import {
  custom,
  type Ends,
  moduleInput,
  ofProtocol,
  type RuleInput,
  rejected,
  undecided,
  withCode,
} from './rule-input.ts';

/** Modules that the built-in worker, or Polkadot's, refuses. */
const refusedModules: Readonly<Record<string, readonly [input: string, module: Uint8Array]>> = {
  'opcode-sign-extension': ['a function with `i64.extend8_s`', withCode(0x41, 0, 0xc0, 0xac)],
  'opcode-bulk-memory': ofProtocol('bulk memory, param absent'),
  'opcode-simd': ofProtocol('simd'),
  'opcode-reference-types': ofProtocol('ref.null func'),
  'wasm-exceptions': ['a function with `throw`', withCode(0x08, 0)],
  'opcode-tail-call': ofProtocol('tail call'),
  'opcode-atomics': ofProtocol('atomics'),
  memory64: ofProtocol('memory64'),
  'multi-value': ofProtocol('multi value result'),
  'multi-memory': ofProtocol('two memories'),
  'extended-const': [
    'a global that adds two constants',
    pvfModule({ heapBase: Uint8Array.of(0x41, 1, 0x41, 2, 0x6a) }),
  ],
  'wasm-component': ofProtocol('component header'),
  'polkavm-blob': ofProtocol('PolkaVM magic'),
  'not-a-module': ofProtocol('truncated pvf'),
  'two-memories': ofProtocol('imported memory and own memory'),
  'stack-limiter': ofProtocol('br out of bounds'),
  'function-too-large': ofProtocol('50001 locals'),
  'not-compilable': ofProtocol('type error in a body'),
  'non-env-import': ofProtocol('function of another module'),
  'non-function-import': ofProtocol('imported table'),
  'host-function-signature': ofProtocol('known env function, wrong type'),
  'compression-bomb': ofProtocol('zstd bomb 1 GiB of zeroes'),
  'damaged-compression': ofProtocol('zstd truncated'),
};

/** An error of the worker that no small module provokes: a fake worker answers with the text of the real one. */
function answeredInput(rule: string, error: PrepareError, ends: Ends): RuleInput {
  const text = 'value' in error && typeof error.value === 'string' ? `\`${firstLine(error.value)}\`` : '';
  return {
    rule,
    input: `a worker that answers \`${error.tag}\` ${text}`.trim(),
    ...ends,
    run: (bench) => {
      const worker = bench.fakeWorker({ spawns: [{ jobs: [errAnswer(error)] }] });
      return bench.check(bench.write('a.wasm', plainPvf), { worker });
    },
  };
}

function firstLine(text: string): string {
  return text.length > 90 ? `${text.slice(0, 90)}…` : text;
}

/** The text that polkadot's crates give for the finding. */
function realError(rule: string): PrepareError {
  const found = workerErrors.errors.find(({ finding }) => finding === rule);
  if (found === undefined) throw new Error(`no error of the worker leads to ${rule}`);
  return errorOf(found.error, found.text);
}

const died = (err: string): PrepareError => ({ tag: 'JobDied', value: { err, jobPid: 42 } });

const answered: readonly RuleInput[] = [
  ...['wasm-gc', 'not-mvp', 'damaged-module', 'engine-settings', 'module-too-large', 'worker-mismatch'].map((rule) =>
    answeredInput(rule, realError(rule), rejected),
  ),
  answeredInput('prevalidation-error', errorOf('Prevalidation', 'a text of a later version'), rejected),
  answeredInput('preparation-error', errorOf('Preparation', 'a text of a later version'), rejected),
  answeredInput('runtime-construction-error', errorOf('RuntimeConstruction', 'a text of a later version'), rejected),
  answeredInput('preparation-out-of-memory', errorOf('OutOfMemory', ''), rejected),
  answeredInput('job-error', errorOf('JobError', 'panicked while it compiled'), rejected),
  answeredInput('job-killed', died('received signal: SIGKILL'), undecided),
  answeredInput('job-sandboxed', died('received signal: SIGSYS'), undecided),
  answeredInput('job-crashed', died('received signal: SIGSEGV'), rejected),
  answeredInput('job-ended', died('received signal: SIGTERM'), undecided),
  answeredInput('disk-full', errorOf('IoErr', 'No space left on device (os error 28)'), undecided),
  answeredInput('kernel-refused', errorOf('Kernel', 'fork: EAGAIN: Try again'), undecided),
  answeredInput('local-failure', errorOf('IoErr', 'Permission denied (os error 13)'), undecided),
];

function workerInput(rule: string, input: string, behaviour: FakeBehaviour, ends: Ends): RuleInput {
  return {
    rule,
    input,
    ...ends,
    run: (bench) =>
      bench.check(bench.write('a.wasm', plainPvf), { worker: bench.fakeWorker(behaviour), prepTimeoutMs: 500 }),
  };
}

const machine: readonly RuleInput[] = [
  workerInput('preparation-timeout', 'a worker that never answers', { spawns: [{ jobs: [{}] }] }, rejected),
  workerInput(
    'worker-ended',
    'a worker that exits during the job',
    { spawns: [{ jobs: [{ after: 'exit' }] }] },
    undecided,
  ),
  workerInput(
    'unsupported-worker',
    'a worker that prints version 1.3.0',
    { version: { stdout: '1.3.0\n' } },
    undecided,
  ),
  {
    rule: 'not-spawned',
    input: '`--worker` with a path where nothing is',
    ...undecided,
    run: (bench) => bench.check(bench.write('a.wasm', plainPvf), { worker: bench.at('nothing') }),
  },
  {
    rule: 'stale-input',
    input: 'a file that cargo rewrites during the preparation',
    ...undecided,
    run: async (bench) => {
      const worker = bench.fakeWorker({ spawns: [{ jobs: [{ ...(await okAnswer()), delayMs: 1500 }] }] });
      const file = bench.write('a.wasm', plainPvf);
      const checking = bench.check(file, { worker });
      setTimeout(() => bench.write('a.wasm', plainPvfOf('plain', 2)), 700);
      return checking;
    },
  },
];

const unread: RuleInput = {
  rule: 'unreachable',
  input: 'a worker that connects and reads no request',
  ...undecided,
  run: (bench) => {
    const worker = bench.fakeWorker({ spawns: [{ reads: false }] });
    // A request larger than the buffers of the socket.
    const file = bench.write('a.wasm', concat(plainPvf, custom('filler', new Uint8Array(2 ** 20))));
    return bench.check(file, { worker });
  },
};

const refused = Object.entries(refusedModules).map(([rule, row]) => moduleInput(rule, [...row, rejected]));

export const outcomeInputs: readonly RuleInput[] = [...refused, ...answered, ...machine, unread];
