/** What to do about each error of Polkadot's host, by what it says. Texts and causes: facts of the field (issues cited there). */
import type { PrepareError } from '../../polkadot/prepare-error.ts';

export interface Advice {
  /** Id of the finding: stable, kebab-case. */
  readonly id: string;
  readonly hint: string;
}

interface Clue extends Advice {
  /** Matched against the text inside the error. */
  readonly when: RegExp;
}

interface HintsOfError {
  /** The first that matches is taken. */
  readonly clues?: readonly Clue[];
  readonly otherwise: Advice;
}

const stockToolchain =
  'Build with Rust 1.84 or newer and the target wasm32v1-none (rustup target add wasm32v1-none), or with the rust-src component on an older Rust; compile C dependencies with -mcpu=mvp.';

const notMvp: Advice = {
  id: 'not-mvp',
  hint: `The module uses a feature beyond the first version of WebAssembly. ${stockToolchain}`,
};

const ofTheMachine: HintsOfError = {
  clues: [
    {
      // Rust and Node write it with and without the capital.
      when: /no space left on device|disk quota exceeded/i,
      id: 'disk-full',
      hint: 'The disk is full: this says nothing of the runtime. Make room, or let PVF_CACHE_DIR name a folder on another disk.',
    },
  ],
  otherwise: {
    id: 'local-failure',
    hint: 'This machine failed (disk, permissions, a dead worker), which says nothing of the runtime. Run again with --log debug.',
  },
};

const hints: Readonly<Record<PrepareError['tag'], HintsOfError>> = {
  Prevalidation: {
    clues: [
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
      { when: /multi_value|UnknownBlockType|UnknownOpcode/, ...notMvp },
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
    ],
    otherwise: {
      id: 'prevalidation-error',
      hint: `Validators can't read the module: it is damaged, or made by a tool that they don't follow. ${stockToolchain}`,
    },
  },
  Preparation: {
    clues: [
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
        when: /cannot create the engine/,
        id: 'engine-settings',
        hint: "The compiler does not take its settings, which says nothing of the runtime's code. Compare the executor params of the profile with those of the relay chain, StackNativeMax first.",
      },
      { when: /failed to parse WebAssembly module: multiple (tables|memories)/, ...notMvp },
      {
        when: /cannot precompile module/,
        id: 'not-compilable',
        hint: 'The compiler refuses the module; the end of the message names the function. A huge function can be split, post-MVP code comes from the toolchain.',
      },
    ],
    otherwise: {
      id: 'preparation-error',
      hint: 'The module could not be instrumented or compiled. Build again with an unmodified Rust toolchain, and without tools that rewrite the module.',
    },
  },
  RuntimeConstruction: {
    clues: [
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
        when: /cannot deserialize module/,
        id: 'worker-mismatch',
        hint: 'The artifact comes from another wasmtime than the one that reads it. Use worker binaries of one build.',
      },
    ],
    otherwise: {
      id: 'runtime-construction-error',
      hint: "The module was compiled, but could not be linked with what validators offer. Compare its imports with the host functions of the worker's release.",
    },
  },
  JobError: {
    otherwise: {
      id: 'job-error',
      hint: 'The worker failed inside. Run again with --log debug and report what it says to polkadot-sdk.',
    },
  },
  TimedOut: {
    otherwise: {
      id: 'preparation-timeout',
      hint: 'Slower validators give up even earlier. Fewer or lighter pallets help, so does splitting huge functions; compare with a run on another machine.',
    },
  },
  OutOfMemory: {
    otherwise: {
      id: 'preparation-out-of-memory',
      hint: "The compiler needed more memory than the limit. The largest functions cost most: split them. Raise the limit only to mirror the relay chain's own value.",
    },
  },
  JobDied: {
    clues: [
      {
        when: /received signal: SIGKILL/,
        id: 'job-killed',
        hint: 'The system ended the job, mostly because memory ran out on this machine. Close other programs, or use a machine with more memory.',
      },
      {
        when: /received signal: SIGSYS/,
        id: 'job-sandboxed',
        hint: 'The sandbox ended the job. This machine differs from what the worker expects: run `pvf workers diagnose`.',
      },
    ],
    otherwise: {
      id: 'job-crashed',
      hint: 'The compiler crashed. Please report the blob and the worker version to polkadot-sdk.',
    },
  },
  CouldNotDecompressCodeBlob: {
    clues: [
      {
        when: /Possible compression bomb/,
        id: 'compression-bomb',
        hint: "The code is larger after decompression than the relay chain's bomb limit allows. Make it smaller (on-chain-release-build, fewer pallets, no genesis presets), or check against a profile with the relay chain's true limit.",
      },
    ],
    otherwise: {
      id: 'damaged-compression',
      hint: 'The compressed data is damaged or cut short. Build the runtime again, or copy the file again.',
    },
  },
  IoErr: ofTheMachine,
  CreateTmpFile: ofTheMachine,
  RenameTmpFile: ofTheMachine,
  ClearWorkerDir: ofTheMachine,
  Kernel: ofTheMachine,
};

/** @param text inside the error: see `messageOf` */
export function adviceFor(tag: PrepareError['tag'], text: string): Advice {
  const { clues = [], otherwise } = hints[tag];
  return clues.find(({ when }) => when.test(text)) ?? otherwise;
}
