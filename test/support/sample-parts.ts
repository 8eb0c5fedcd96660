import { limitItem } from '../../src/model/limit-item.ts';
import type { LimitId } from '../../src/model/measures.ts';
import type {
  Finding,
  JobSummary,
  LimitItem,
  LimitsSummary,
  RuntimeSummary,
  SecuritySummary,
  WorkerSummary,
} from '../../src/model/report.ts';

/** Parts of the sample reports. */

export const MIB = 1024 * 1024;

export function item(id: LimitId, used: number, limit: number): LimitItem {
  const [one] = limitItem(id, used, limit);
  if (one === undefined) throw new Error(`${id} has no limit`);
  return one;
}

export function limits(...items: readonly LimitItem[]): LimitsSummary {
  return {
    profile: 'relay-3mib',
    source: 'polkadot-primitives 24.0.0 (MAX_CODE_SIZE), default executor params; not read from a live chain',
    date: '2026-11-23',
    items,
  };
}

export const common = {
  schemaVersion: 1,
  tool: { name: 'polkadot-pvf', version: '0.1.0' },
  createdAt: '2026-11-23T22:30:00.000Z',
} as const;

export const precheck: JobSummary = {
  kind: 'precheck',
  prepTimeoutMs: 60_000,
  bombLimit: 30 * MIB,
  executorParams: [],
};

export const official: WorkerSummary = {
  kind: 'official',
  path: '/usr/lib/polkadot/polkadot-prepare-worker',
  version: '1.25.1',
  wireRevision: '26.0.0',
  engine: 'wasmtime 36.0.20',
};

export const portable: WorkerSummary = {
  kind: 'portable',
  path: '/home/me/.vscode/extensions/polkadot-pvf/dist/portable-worker.cjs',
  version: '1.25.1',
  wireRevision: '26.0.0',
  engine: 'wasmtime 36.0.20 in WebAssembly',
  target: {
    cpu: 'x86-64-v3',
    features: ['has_sse3', 'has_ssse3', 'has_cmpxchg16b', 'has_sse41', 'has_sse42', 'has_popcnt', 'has_avx'],
  },
};

export const security: SecuritySummary = { landlock: true, seccomp: true, changeRoot: false, secureClone: true };

export function functionImports(count: number): NonNullable<RuntimeSummary['imports']> {
  return Array.from({ length: count }, (_, index) => ({ module: 'env', name: `ext_${index}`, kind: 'function' }));
}

export function functionExports(count: number): NonNullable<RuntimeSummary['exports']> {
  return Array.from({ length: count }, (_, index) => ({ name: `Api_${index}`, kind: 'function' }));
}

export const hydration: RuntimeSummary = {
  path: 'target/release/wbuild/hydradx-runtime/hydradx_runtime.compact.compressed.wasm',
  container: 'compressed-wasm',
  storedBytes: 3_135_113,
  rawBytes: 14_896_370,
  compression: { kind: 'zstd', level: 22, windowLog: 27 },
  codeHash: '0x0bfef63b0fb62fb24230a6882c9c6da172e5e9b3270a9722d07b8dc98c5d0c77',
  specName: 'hydradx',
  specVersion: 408,
  implVersion: 0,
  functions: 14_634,
  transactionVersion: 1,
  imports: [...functionImports(50), { module: 'env', name: 'memory', kind: 'memory' }],
  exports: functionExports(87),
  memory: { minimum: 30, imported: true },
  sections: [
    { name: 'code', bytes: 12_104_730 },
    { name: 'data', bytes: 891_766 },
    { name: 'name', bytes: 1_873_722 },
    { name: 'runtime_version', bytes: 34 },
    { name: 'runtime_apis', bytes: 276 },
  ],
  buildVariant: 'compressed',
  buildProfile: 'release',
  isParachain: true,
};

export const robonomics: RuntimeSummary = {
  path: 'runtimes/robonomics.compact.compressed.wasm',
  container: 'compressed-wasm',
  storedBytes: 771_161,
  rawBytes: 3_944_542,
  compression: { kind: 'zstd', level: 3, windowLog: 21 },
  codeHash: '0x9d91fc8d95d5c80dd2173330d10cbaab79ee657a2f0e24e6c5a60848fe6f1ed8',
  specName: 'robonomics',
  specVersion: 43,
};

export const nearCodeSize: Finding = {
  id: 'near-limit-code-size',
  severity: 'warning',
  message: 'The blob as stored is near its limit: 2.99 MiB (3 135 113 B) of 3.00 MiB (3 145 728 B), 99.7 %.',
  hint: 'The relay chain refuses code above max_code_size before any validator sees it. Register the .compact.compressed.wasm; wasm-builder 35 and newer compress about 20 % better.',
  data: { used: 3_135_113, limit: 3 * MIB },
};

export const overCodeSize: Finding = {
  ...nearCodeSize,
  id: 'over-limit-code-size',
  severity: 'error',
  message: 'The blob as stored is above its limit: 14.21 MiB (14 896 370 B) of 3.00 MiB (3 145 728 B), 473.5 %.',
  data: { used: 14_896_370, limit: 3 * MIB },
};

export const refusedInSession: Finding = {
  id: 'pending-limits',
  severity: 'error',
  message:
    'The relay chain changes its limits in session 12350, and then refuses this code. Memory of the preparation will be above its limit: 379.76 MiB (398 204 117 B) of 256.00 MiB (268 435 456 B), 148.3 %.',
  hint: 'Make the code fit the scheduled limits too. Validators prepare it again with those that hold when it comes into force. `pvf limits` shows both.',
  data: { session: 12_350 },
};

export const notCompressed: Finding = {
  id: 'not-compressed',
  severity: 'warning',
  message: 'The blob is not compressed.',
  hint: 'Register the .compact.compressed.wasm of the release build instead: it is four to five times smaller, and the code hash is another.',
};

export const weaklyCompressed: Finding = {
  id: 'weakly-compressed',
  severity: 'information',
  message: 'The blob is compressed with the weak zstd level of older wasm-builder versions.',
  hint: 'wasm-builder 35 or newer uses level 22, which saves 20 to 25 % of the stored size (polkadot-sdk PR 9875).',
};

export const noValidateBlock: Finding = {
  id: 'no-validate-block',
  severity: 'error',
  message: 'The module does not export validate_block, so it is not a parachain validation function.',
  hint: 'Pre-checking does not look for it, but validators could not validate a single block. Check that the runtime calls register_validate_block!, and that this is the parachain runtime.',
};

export const growth: Finding = {
  id: 'growth-stored-bytes',
  severity: 'information',
  message: 'The blob as stored grew by 1.2 % since the baseline: 2.95 MiB to 2.99 MiB.',
  data: { was: 3_097_937, now: 3_135_113 },
};

export const stockToolchain =
  'Build with Rust 1.84 or newer and the target wasm32v1-none (rustup target add wasm32v1-none), or with an older Rust and the rust-src component. Compile C dependencies with -mcpu=mvp.';

/** A compiler's error message of realistic length. */
export const longMessage = [
  'Other("cannot precompile module: Compilation(Compilation error: function u32:9041 (wasm[0]::function[9041]::',
  '_ZN13pallet_revive4exec14Stack$LT$T$C$E$GT$3run17h4a0c1c7d6f0e9b2aE) is too large\n\nCaused by:\n',
  ...Array.from(
    { length: 40 },
    (_, at) => `\n    ${at}: v${at * 7 + 1} = iadd_imm.i64 v${at * 7}, ${at * 8}  ; stack slot`,
  ),
  '\n    Implementation limit exceeded")',
].join('');

export const overStoredBudget: Finding = {
  id: 'over-limit-stored-bytes-budget',
  severity: 'error',
  message: 'The blob as stored is above its limit: 2.99 MiB (3 135 113 B) of 2.90 MiB (3 040 870 B), 103.1 %.',
  hint: 'Your budget file sets this limit. Find out what grew before you raise it.',
  data: { used: 3_135_113, limit: 2.9 * MIB },
};

export const signExtension: Finding = {
  id: 'opcode-sign-extension',
  severity: 'error',
  message:
    'Validators would reject it: it uses sign-extension instructions. The first one is in `core::str::from_utf8` (function 412, offset 0x1a2b): i32.extend8_s.',
  hint: stockToolchain,
};

export const notCompilable: Finding = {
  id: 'not-compilable',
  severity: 'error',
  message: 'Validators would reject it: the module is not valid WebAssembly.',
  hint: "Polkadot's text names the function. Build again with an unmodified Rust toolchain, and without tools that rewrite the module.",
};

export const nearEstimate: Finding = {
  id: 'near-estimate',
  severity: 'information',
  message:
    'The built-in worker estimates the CPU time and memory that a native worker would need (±15 %); a native worker measures them.',
  hint: '`pvf workers build` builds the official worker. `pvf workers build --engine` takes less time and builds a native helper for the built-in worker.',
};

export const preparationTimeout: Finding = {
  id: 'preparation-timeout',
  severity: 'error',
  message: 'Preparation did not finish in the time that validators allow.',
  hint: 'Slower validators time out even earlier. Use fewer or smaller pallets, and split huge functions. Compare with a run on another machine.',
};

export const notSpawned: Finding = {
  id: 'not-spawned',
  severity: 'error',
  message: 'No prepare worker was found on this machine',
  hint: '`pvf workers build` builds the official worker. `pvf workers` lists the places of the search.',
};
