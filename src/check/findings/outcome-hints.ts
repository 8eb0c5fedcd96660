/** What to do about an outcome, by what the worker said. Texts and causes: facts of the field (issues cited there). */
import type { Outcome } from '../../worker/host/outcome.ts';
import { displayOutcome, prepareErrorOf } from '../outcome-summary.ts';
import type { Finding } from '../report.ts';

interface Hint {
  /** Matched against the error as Polkadot displays it. */
  readonly when: RegExp;
  readonly id: string;
  readonly hint: string;
}

const stockToolchain =
  'Build with Rust 1.84 or newer and the target wasm32v1-none (rustup target add wasm32v1-none), or with the rust-src component on an older Rust; compile C dependencies with -mcpu=mvp.';

/** The first that matches is taken. */
const hints: readonly Hint[] = [
  {
    when: /UnknownOpcode\(19[2-6]\)/,
    id: 'opcode-sign-extension',
    hint: `The code uses sign-extension instructions, which validators refuse. ${stockToolchain}`,
  },
  {
    when: /UnknownOpcode\(252\)/,
    id: 'opcode-bulk-memory',
    hint: `The code uses bulk-memory or saturating float instructions, which validators refuse, even with WasmExtBulkMemory. ${stockToolchain}`,
  },
  {
    when: /UnknownOpcode\(253\)|UnknownValueType\(-5\)/,
    id: 'opcode-simd',
    hint: `The code uses SIMD. ${stockToolchain}`,
  },
  {
    when: /UnknownOpcode\((20[89]|210)\)|UnknownTableElementType/,
    id: 'opcode-reference-types',
    hint: `The code uses reference types. ${stockToolchain}`,
  },
  { when: /UnknownOpcode\(1[89]\)/, id: 'opcode-tail-call', hint: `The code uses tail calls. ${stockToolchain}` },
  {
    when: /UnknownOpcode\(254\)|InvalidLimitsFlags\(3\)/,
    id: 'opcode-atomics',
    hint: `The code uses threads (atomics or a shared memory). ${stockToolchain}`,
  },
  { when: /InvalidLimitsFlags\(4\)/, id: 'memory64', hint: `The module has a 64-bit memory. ${stockToolchain}` },
  {
    when: /multi_value|UnknownBlockType|multiple tables|multiple memories|UnknownOpcode/,
    id: 'not-mvp',
    hint: `The module uses a feature beyond the first version of WebAssembly. ${stockToolchain}`,
  },
  {
    when: /UnsupportedVersion\(65549\)/,
    id: 'wasm-component',
    hint: 'The file is a WebAssembly component, not a module. Name the file that wasm-builder leaves under target/*/wbuild/.',
  },
  {
    when: /PolkaVM runtime blob/,
    id: 'polkavm-blob',
    hint: 'The runtime was built for RISC-V. Build it without SUBSTRATE_RUNTIME_TARGET=riscv.',
  },
  {
    when: /InvalidMagic|UnexpectedEof|InconsistentMetadata|InvalidSectionId|UnsupportedVersion/,
    id: 'not-a-module',
    hint: 'The file is cut short, damaged, or no WebAssembly module at all. Build the runtime again; if a build is running, wait for its end.',
  },
  {
    when: /Possible compression bomb/,
    id: 'compression-bomb',
    hint: "The code is larger after decompression than the relay chain's bomb limit allows. Make it smaller (on-chain-release-build, fewer pallets, no genesis presets), or check against a profile with the relay chain's true limit.",
  },
  {
    when: /Blob had invalid format/,
    id: 'damaged-compression',
    hint: 'The compressed data is damaged or cut short. Build the runtime again, or copy the file again.',
  },
  {
    when: /can't convert a memory import into an export/,
    id: 'two-memories',
    hint: 'The module both imports a memory and has one of its own. Let wasm-builder set the linker flags (--import-memory, --export-table).',
  },
  {
    when: /cannot inject the stack limiter/,
    id: 'stack-limiter',
    hint: 'A function body is malformed. Build again with an unmodified Rust toolchain, and without tools that rewrite the module.',
  },
  {
    when: /non-env module/,
    id: 'non-env-import',
    hint: 'A dependency asks for a browser or WASI (wasm-bindgen, getrandom with its js feature, std). Build it without std, or leave it out.',
  },
  {
    when: /non function imports/,
    id: 'non-function-import',
    hint: 'The module imports a table or a global. Let wasm-builder set the linker flags.',
  },
  {
    when: /incompatible import type/,
    id: 'host-function-signature',
    hint: "A host function is declared with other parameters than the worker's. The SDK of the runtime and the release of the worker differ: compare their versions.",
  },
  {
    when: /runtime construction: .*cannot deserialize module/,
    id: 'worker-mismatch',
    hint: 'The artifact comes from another wasmtime than the one that reads it. Use worker binaries of one build.',
  },
  {
    when: /cannot precompile module/,
    id: 'not-compilable',
    hint: 'The compiler refuses the module; the end of the message names the function. A huge function can be split, post-MVP code comes from the toolchain.',
  },
  {
    when: /^prepare: timeout/,
    id: 'preparation-timeout',
    hint: 'Slower validators give up even earlier. Fewer or lighter pallets help, so does splitting huge functions; compare with a run on another machine.',
  },
  {
    when: /^prepare: out of memory/,
    id: 'preparation-out-of-memory',
    hint: "The compiler needed more memory than the limit. The largest functions cost most: split them. Raise the limit only to mirror the relay chain's own value.",
  },
  {
    when: /died: received signal: SIGKILL/,
    id: 'job-killed',
    hint: 'The system ended the job, mostly because memory ran out on this machine. Close other programs, or use a machine with more memory.',
  },
  {
    when: /died: received signal: SIGSYS/,
    id: 'job-sandboxed',
    hint: 'The sandbox ended the job. This machine differs from what the worker expects: run `pvf workers diagnose`.',
  },
  {
    when: / died: /,
    id: 'job-crashed',
    hint: 'The compiler crashed. Please report the blob and the worker version to polkadot-sdk.',
  },
  {
    when: /^prepare: job error/,
    id: 'job-error',
    hint: 'The worker failed inside. Run again with --log debug and report what it says to polkadot-sdk.',
  },
  {
    when: /No space left on device/,
    id: 'disk-full',
    hint: 'The disk is full: this says nothing of the runtime. Make room, or let PVF_CACHE_DIR name a folder on another disk.',
  },
  {
    when: /^prepare: (io error|error creating|error renaming|error clearing|error interfacing)/,
    id: 'local-failure',
    hint: 'This machine failed (disk, permissions, a dead worker), which says nothing of the runtime. Run again with --log debug.',
  },
];

/** The outcome as a finding with a hint; nothing for success and for what a person did on purpose. */
export function outcomeFindings(outcome: Outcome): Finding[] {
  if (outcome.kind === 'cancelled' || (outcome.kind === 'concluded' && 'prepared' in outcome)) return [];
  const message = displayOutcome(outcome);
  const known = prepareErrorOf(outcome) ? hints.find(({ when }) => when.test(message)) : undefined;
  const severity = 'error';
  if (known) return [{ id: known.id, severity, message, hint: known.hint }];
  return [{ id: outcome.kind, severity, message, ...hintOfOurs(outcome) }];
}

function hintOfOurs(outcome: Outcome): { hint?: string } {
  switch (outcome.kind) {
    case 'not-spawned':
      return {
        hint:
          outcome.cause === 'no-worker'
            ? '`pvf workers build` builds the official worker; `pvf workers` tells where one was looked for.'
            : '`pvf workers diagnose` tells what the worker can do on this machine.',
      };
    case 'unsupported-worker':
      return {
        hint: 'Name another with --worker, or force its revision with --wire-revision. `pvf workers` lists what was found.',
      };
    case 'unreachable':
      return { hint: 'The worker went away before it took the job. Run again with --log debug.' };
    case 'stale-input':
      return { hint: 'Run again when the build has ended.' };
    default:
      return {};
  }
}
