/** For every rule, the findings of an input to which it applies and of one to which it does not. */
import type { Baseline } from '../../../../src/check/baseline.ts';
import { rules } from '../../../../src/check/rules/index.ts';
import type { BlobContext, LimitsContext, UpgradeContext } from '../../../../src/check/rules/rule.ts';
import { findingsAboutOutcome, runRules } from '../../../../src/check/rules/run.ts';
import { limitItem } from '../../../../src/model/limit-item.ts';
import { type LimitId, limitIds } from '../../../../src/model/measures.ts';
import type { MetadataResult, RuntimeMetadata } from '../../../../src/model/metadata.ts';
import { metadataChanges } from '../../../../src/model/metadata-changes.ts';
import type { Finding, Report, Vote } from '../../../../src/model/report.ts';
import type { TeamBudget } from '../../../../src/model/team-budget.ts';
import { newestOrder } from '../../../../src/polkadot/node-releases.ts';
import type { PrepareError } from '../../../../src/polkadot/prepare-error.ts';
import { hostImports } from '../../../../src/runtime/host-imports.ts';
import type { RuntimeFacts } from '../../../../src/runtime/inspect.ts';
import type { RuntimeVersion } from '../../../../src/runtime/runtime-version.ts';
import type { Outcome } from '../../../../src/worker/host/outcome.ts';
import { readResult, sampleMetadata, samplePallet, withPallet } from '../../../support/sample-metadata.ts';
import { accepted } from '../../../support/sample-reports.ts';
import { outcomes } from '../outcomes.ts';

export interface RuleCase {
  readonly applied: readonly Finding[];
  readonly other: readonly Finding[];
}

/** A runtime without findings. */
export const goodFacts: RuntimeFacts = {
  storedBytes: 1000,
  rawBytes: 5000,
  compression: { kind: 'zstd', level: 22, windowLog: 27 },
  functions: 10,
  runtimeVersion: {
    specName: 'field-test',
    implName: 'field-test',
    authoringVersion: 1,
    specVersion: 1,
    implVersion: 0,
    transactionVersion: 1,
  },
  imports: [],
  exports: [
    { name: 'validate_block', kind: 'function', index: 3 },
    { name: 'Core_version', kind: 'function', index: 4 },
    { name: '__heap_base', kind: 'global', index: 0 },
  ],
  missingImports: [],
  isParachain: true,
  memory: { imported: true, min: 17 },
  sections: [{ name: 'code', bytes: 4000 }],
};

export const blobContext: Omit<BlobContext, 'facts'> = {
  runtime: { path: 'target/release/wbuild/a/a.compact.compressed.wasm', buildProfile: 'release' },
  executorParams: [],
  newestOrder,
};

function blobCase(change: Partial<RuntimeFacts>, context: Partial<BlobContext> = {}): RuleCase {
  return {
    applied: runRules(rules.blob, { ...blobContext, ...context, facts: { ...goodFacts, ...change } }),
    other: runRules(rules.blob, { ...blobContext, facts: goodFacts }),
  };
}

/** Without the export of that name. */
function withoutExport(removed: string): RuleCase {
  return blobCase({ exports: (goodFacts.exports ?? []).filter(({ name }) => name !== removed) });
}

function withExport(name: string): RuleCase {
  return blobCase({ exports: [...(goodFacts.exports ?? []), { name, kind: 'function', index: 5 }] });
}

function withImport(name: string): RuleCase {
  return blobCase(hostImports([{ module: 'env', name, kind: 'function' }]));
}

function versionOf(specName: string, specVersion: number): RuntimeVersion {
  return { specName, implName: specName, authoringVersion: 1, specVersion, implVersion: 0, transactionVersion: 1 };
}

/** The module after its `runtime_version` section was removed. */
const { runtimeVersion: _, ...withoutVersion } = goodFacts;
const { memory: __, ...withoutMemory } = goodFacts;

function factsCase(facts: RuntimeFacts): RuleCase {
  return { ...blobCase({}), applied: runRules(rules.blob, { ...blobContext, facts }) };
}

const blobCases = {
  'not-compressed': blobCase({ compression: { kind: 'none' } }),
  'weakly-compressed': blobCase({ compression: { kind: 'zstd', level: 3, windowLog: 21 } }),
  'unwrapped-input': blobCase({}, { runtime: { ...blobContext.runtime, unwrapped: ['gzip', 'scale-length'] } }),
  'no-validate-block': withoutExport('validate_block'),
  'no-core-version': withoutExport('Core_version'),
  'no-heap-base': withoutExport('__heap_base'),
  'no-runtime-version': factsCase(withoutVersion),
  'no-memory': factsCase(withoutMemory),
  'unknown-imports': withImport('ext_my_chain_verify_version_1'),
  'stale-compression': blobCase({}, { newerCompact: 'a.compact.wasm' }),
  'two-runtimes': blobCase({
    secondRuntime: { versions: [versionOf('field-test', 1), versionOf('other-test', 7)] },
  }),
  'host-function-types': blobCase(
    hostImports([
      { module: 'env', name: 'ext_storage_get_version_1', kind: 'function', type: { params: ['i32'], results: [] } },
    ]),
  ),
  'newer-host-functions': withImport('ext_statement_store_remove_by_version_1'),
  'benchmarking-build': withImport('ext_benchmarking_current_time_version_1'),
  'ecc-host-functions': withImport('ext_host_calls_pallas_msm_version_1'),
  'try-runtime-build': withExport('TryRuntime_on_runtime_upgrade'),
  'memory-over-limit': blobCase({ memory: { imported: true, min: 2081 } }),
  'start-function': blobCase({ startFunction: 3 }),
  'debug-sections': blobCase({ sections: [{ name: '.debug_info', bytes: 5000 }] }),
  'development-build': blobCase({}, { runtime: { path: 'target/debug/wbuild/a/a.wasm', buildProfile: 'debug' } }),
};

function costFindings(missingCosts: LimitsContext['missingCosts']): Finding[] {
  return runRules(rules.limits, { items: [], stats: undefined, endedByEstimate: false, missingCosts });
}

/** A module with a crate of 100 bytes and a pallet of 250, which grew by 10 %. */
function budgetFindings(limits: TeamBudget): Finding[] {
  const { runtime } = accepted;
  const code = {
    name: 'code',
    kind: 'section',
    bytes: 350,
    children: [leaf('sp_core', 100), leaf('pallet_xcm', 250)],
  } as const;
  const tree = { name: 'module', kind: 'file', bytes: 350, children: [code] } as const;
  const sizes = {
    ...{ totalBytes: 350, codeBytes: 350, attributedCodeBytes: 350, ownedCodeBytes: 250, tree },
    owners: [{ name: 'pallet_xcm', kind: 'pallet', bytes: 250, functions: 1 }],
  } as const;
  const baseline: Baseline = {
    is: 'build',
    runtime: { ...runtime, codeHash: `0x${'1'.repeat(64)}`, storedBytes: 1000 },
  };
  const current = { runtime: { ...runtime, storedBytes: 1100 } };
  const budget = { limits, sizes, baseline, current };
  return runRules(rules.limits, { items: [], stats: undefined, endedByEstimate: false, budget });
}

function leaf(name: string, bytes: number) {
  return { name, kind: 'crate', bytes, children: [] } as const;
}

/** @param used of a limit of 100 */
function limitFindings(id: LimitId, used: number, cpuTimeIs: 'measured' | 'estimated' = 'measured'): Finding[] {
  return runRules(rules.limits, { items: limitItem(id, used, 100), stats: { cpuTimeIs }, endedByEstimate: false });
}

/** @param later the vote with the scheduled limits; it is "accept" now */
function pendingFindings(later: Vote): Finding[] {
  const pending = [{ fromSession: 7, items: [], vote: later, reason: 'Too slow.' }];
  return runRules(rules.limits, { items: [], stats: undefined, vote: 'accept', pending, endedByEstimate: false });
}

const MIB = 1024 * 1024;

function upgradeFindings(upgrade: UpgradeContext): Finding[] {
  return runRules(rules.limits, { items: [], stats: undefined, upgrade, endedByEstimate: false });
}

const limitCases = {
  ...Object.fromEntries(
    limitIds.flatMap((id): [string, RuleCase][] => [
      [`near-limit-${id}`, { applied: limitFindings(id, 100), other: limitFindings(id, 101) }],
      [`over-limit-${id}`, { applied: limitFindings(id, 101), other: limitFindings(id, 100) }],
    ]),
  ),
  'near-estimate': {
    applied: limitFindings('cpu-time', 100, 'estimated'),
    other: limitFindings('cpu-time', 100, 'measured'),
  },
  'pending-limits': { applied: pendingFindings('reject'), other: pendingFindings('accept') },
  'upgrade-proof-size': {
    applied: upgradeFindings({ newBytes: 5 * MIB, maxPovSize: 10 * MIB }),
    other: upgradeFindings({ newBytes: 5 * MIB, oldBytes: 4 * MIB, maxPovSize: 10 * MIB }),
  },
  'upgrade-block-length': {
    applied: upgradeFindings({ newBytes: 5 * MIB, blockLength: 5 * MIB }),
    other: upgradeFindings({ newBytes: 5 * MIB, blockLength: 10 * MIB }),
  },
  'over-budget-crate': {
    applied: budgetFindings({ crates: { 'sp-core': 99 } }),
    other: budgetFindings({ crates: { 'sp-core': 100 } }),
  },
  'over-budget-pallet': {
    applied: budgetFindings({ pallets: { pallet_xcm: 249 } }),
    other: budgetFindings({ pallets: { pallet_xcm: 250 } }),
  },
  'over-budget-growth': {
    applied: budgetFindings({ growth: { storedBytes: 0.05 } }),
    other: budgetFindings({ growth: { storedBytes: 0.1 } }),
  },
  'unchecked-budget': {
    applied: budgetFindings({ crates: { sp_cor: 1 } }),
    other: budgetFindings({ crates: { sp_core: 100 } }),
  },
  'no-costs': { applied: costFindings('official-worker'), other: costFindings(undefined) },
};

export function errorOf(tag: PrepareError['tag'], text: string): PrepareError {
  switch (tag) {
    case 'TimedOut':
    case 'OutOfMemory':
      return { tag, value: undefined };
    case 'JobDied':
      return { tag, value: { err: text, jobPid: 42 } };
    case 'RenameTmpFile':
      return { tag, value: { err: text, src: '/a', dest: '/b' } };
    default:
      return { tag, value: text };
  }
}

function outcomeCase(applies: Outcome, doesNot: Outcome): RuleCase {
  return {
    applied: findingsAboutOutcome(applies, 'measured'),
    other: findingsAboutOutcome(doesNot, 'measured'),
  };
}

type ErrorText = readonly [tag: PrepareError['tag'], text: string];

function errorCase(applies: ErrorText, doesNot: ErrorText): RuleCase {
  const outcomeOf = (error: ErrorText): Outcome => ({ kind: 'concluded', error: errorOf(...error) });
  return outcomeCase(outcomeOf(applies), outcomeOf(doesNot));
}

/** Two errors of the parser. */
function prevalidationCase(applies: string, doesNot: string): RuleCase {
  const whole = (text: string): ErrorText => ['Prevalidation', `Other("cannot deserialize module: ${text}")`];
  return errorCase(whole(applies), whole(doesNot));
}

const outcomeCases = {
  'not-spawned': outcomeCase(outcomes['not-spawned'], outcomes.concluded),
  'unsupported-worker': outcomeCase(outcomes['unsupported-worker'], outcomes.concluded),
  unreachable: outcomeCase(outcomes.unreachable, outcomes.concluded),
  'stale-input': outcomeCase(outcomes['stale-input'], outcomes.cancelled),

  'opcode-sign-extension': prevalidationCase('UnknownOpcode(192)', 'UnknownOpcode(197)'),
  'opcode-bulk-memory': prevalidationCase('UnknownOpcode(252)', 'UnknownOpcode(251)'),
  'opcode-simd': prevalidationCase('UnknownOpcode(253)', 'UnknownValueType(-6)'),
  'opcode-reference-types': prevalidationCase('UnknownOpcode(208)', 'UnknownOpcode(207)'),
  'opcode-tail-call': prevalidationCase('UnknownOpcode(18)', 'UnknownOpcode(180)'),
  'opcode-atomics': prevalidationCase('UnknownOpcode(254)', 'InvalidLimitsFlags(4)'),
  memory64: prevalidationCase('InvalidLimitsFlags(4)', 'InvalidLimitsFlags(3)'),
  'wasm-exceptions': prevalidationCase('InvalidSectionId(13)', 'InvalidSectionId(51)'),
  'multi-value': prevalidationCase('UnknownBlockType(0)', 'UnknownBlockType(-5)'),
  'multi-memory': prevalidationCase('InvalidMemoryReference(1)', 'InvalidTableReference(1)'),
  'wasm-gc': prevalidationCase('UnknownFunctionForm(95)', 'UnknownFunctionForm(64)'),
  'extended-const': errorCase(
    [
      'Preparation',
      'Other("cannot precompile module: failed to parse WebAssembly module: constant expression required: non-constant operator: i32.add (at offset 0x18)")',
    ],
    ['Preparation', 'Other("cannot precompile module: failed to parse WebAssembly module: multiple tables")'],
  ),
  'not-mvp': prevalidationCase('UnknownOpcode(224)', 'UnknownOpcode(253)'),
  'wasm-component': prevalidationCase('UnsupportedVersion(65549)', 'UnsupportedVersion(2)'),
  'polkavm-blob': errorCase(
    ['Prevalidation', 'Other("expected a WASM runtime blob, found a PolkaVM runtime blob; …")'],
    ['Prevalidation', 'Other("cannot deserialize module: InvalidMagic")'],
  ),
  'not-a-module': prevalidationCase('InvalidMagic', 'InvalidVarUint32'),
  'damaged-module': prevalidationCase('InvalidVarUint32', 'InvalidMagic'),
  'prevalidation-error': prevalidationCase('SomethingNew', 'InvalidMagic'),

  'two-memories': errorCase(
    ['Preparation', 'Other("can\'t convert a memory import into an export: failed to insert a new memory section")'],
    ['Preparation', 'Other("cannot precompile module: failed to parse WebAssembly module: multiple memories")'],
  ),
  'stack-limiter': errorCase(
    ['Preparation', 'Other("cannot inject the stack limiter: \\"stack underflow\\"")'],
    ['Preparation', 'Other("cannot precompile module: stack underflow")'],
  ),
  'engine-settings': errorCase(
    ['Preparation', 'Other("cannot create the engine: max_wasm_stack size cannot be zero")'],
    ['Preparation', 'Other("cannot precompile module: max_wasm_stack")'],
  ),
  'function-too-large': errorCase(
    [
      'Preparation',
      'Other("cannot precompile module: failed to compile: wasm[0]::function[7]: Compilation error: Code for function is too large")',
    ],
    ['Preparation', 'Other("cannot precompile module: type mismatch")'],
  ),
  'module-too-large': errorCase(
    [
      'Preparation',
      'Other("cannot precompile module: failed to parse WebAssembly module: functions count exceeds limit of 1000000 (at offset 0x18)")',
    ],
    ['Preparation', 'Other("cannot precompile module: type mismatch")'],
  ),
  'not-compilable': errorCase(
    ['Preparation', 'Other("cannot precompile module: type mismatch")'],
    ['Preparation', 'Other("something new")'],
  ),
  'preparation-error': errorCase(
    ['Preparation', 'Other("something new")'],
    ['Preparation', 'Other("cannot precompile module: type mismatch")'],
  ),

  'non-env-import': errorCase(
    ['RuntimeConstruction', 'Other("host doesn\'t provide any imports from non-env module: a:b")'],
    ['RuntimeConstruction', 'Other("host doesn\'t provide any non function imports: env:t")'],
  ),
  'non-function-import': errorCase(
    ['RuntimeConstruction', 'Other("host doesn\'t provide any non function imports: env:t")'],
    ['RuntimeConstruction', 'Other("host doesn\'t provide any imports from non-env module: a:b")'],
  ),
  'host-function-signature': errorCase(
    ['RuntimeConstruction', 'Other("cannot preinstantiate module: incompatible import type for `env::f`")'],
    ['RuntimeConstruction', 'Other("cannot preinstantiate module: unknown import")'],
  ),
  'worker-mismatch': errorCase(
    ['RuntimeConstruction', 'Other("cannot deserialize module: Module was compiled with another version")'],
    ['Prevalidation', 'Other("cannot deserialize module: InvalidMagic")'],
  ),
  'runtime-construction-error': errorCase(
    ['RuntimeConstruction', 'Other("something new")'],
    ['Preparation', 'Other("something new")'],
  ),

  'compression-bomb': errorCase(
    ['CouldNotDecompressCodeBlob', 'Possible compression bomb encountered'],
    ['CouldNotDecompressCodeBlob', 'Blob had invalid format'],
  ),
  'damaged-compression': errorCase(
    ['CouldNotDecompressCodeBlob', 'Blob had invalid format'],
    ['CouldNotDecompressCodeBlob', 'Possible compression bomb encountered'],
  ),
  'preparation-timeout': outcomeCase(outcomes['timed-out'], outcomes['out-of-memory']),
  'preparation-out-of-memory': outcomeCase(outcomes['out-of-memory'], outcomes['timed-out']),

  'job-error': errorCase(['JobError', 'panicked at src/lib.rs'], ['JobDied', 'panicked at src/lib.rs']),
  'job-killed': errorCase(['JobDied', 'received signal: SIGKILL'], ['JobDied', 'received signal: SIGSEGV']),
  'job-sandboxed': errorCase(['JobDied', 'received signal: SIGSYS'], ['JobDied', 'received signal: SIGKILL']),
  'job-crashed': errorCase(['JobDied', 'received signal: SIGSEGV'], ['JobDied', 'received signal: SIGKILL']),
  'job-ended': errorCase(['JobDied', 'received signal: SIGTERM'], ['JobDied', 'received signal: SIGSEGV']),
  'worker-ended': errorCase(['IoErr', 'early eof'], ['IoErr', 'Permission denied']),
  'kernel-refused': errorCase(['Kernel', 'fork: EAGAIN: Try again'], ['IoErr', 'EAGAIN: Try again']),
  'disk-full': errorCase(['IoErr', 'No space left on device (os error 28)'], ['IoErr', 'Permission denied']),
  'local-failure': errorCase(['IoErr', 'Permission denied'], ['IoErr', 'No space left on device (os error 28)']),
};

type Compared = Pick<Report, 'runtime' | 'stats'>;

function metadataCase(result: MetadataResult): RuleCase {
  return {
    applied: runRules(rules.metadata, { result }),
    other: runRules(rules.metadata, { result: readResult() }),
  };
}

const otherHash = `0x${'cd'.repeat(32)}`;

const metadataCases = {
  'unreadable-metadata': metadataCase({ kind: 'timed-out', afterMs: 30_000 }),
  'ancient-metadata': metadataCase({ kind: 'ancient', version: 12 }),
  'no-modern-metadata': metadataCase(readResult({ version: 14, apis: [] })),
  'missing-runtime-apis': metadataCase(readResult({ apis: [] })),
  'no-metadata-hash-extension': metadataCase(readResult({ extensions: sampleMetadata.extensions.slice(0, 1) })),
  'no-metadata-hash': metadataCase(readResult({}, { found: [] })),
  'wrong-metadata-hash': metadataCase(readResult({}, { computed: otherHash })),
  'metadata-hashes-differ': metadataCase(readResult({}, { differ: true })),
};

/** @param newer metadata that the rule applies to, after `sampleMetadata` */
function changesCase(newer: RuntimeMetadata): RuleCase {
  const baseline: Baseline = { ...accepted, is: 'build' };
  const run = (now: RuntimeMetadata) =>
    runRules(rules.comparison, { baseline, current: accepted, metadataChanges: metadataChanges(sampleMetadata, now) });
  return { applied: run(newer), other: run(sampleMetadata) };
}

const [firstItem, ...otherItems] = samplePallet.storage;
const oldApis = [{ id: '0xdf6acb689907609b', name: 'Core', version: 5 }];

function comparisonCase(current: Compared, doesNot: Compared): RuleCase {
  const baseline: Baseline = { ...accepted, is: 'chain' };
  return {
    applied: runRules(rules.comparison, { baseline, current }),
    other: runRules(rules.comparison, { baseline, current: doesNot }),
  };
}

/** The accepted report after an upgrade, with a change. */
function upgraded(change: Partial<Report['runtime']> = {}): Compared {
  const { runtime } = accepted;
  const specVersion = (runtime.specVersion ?? 0) + 1;
  return { ...accepted, runtime: { ...runtime, codeHash: `0x${'11'.repeat(32)}`, specVersion, ...change } };
}

const otherCode = upgraded();

/** The accepted report of other code, with every comparable figure multiplied by `factor`. */
function scaled(factor: number): Compared {
  const { runtime, stats } = accepted;
  const times = (value = 0) => value * factor;
  return {
    runtime: { ...otherCode.runtime, storedBytes: times(runtime.storedBytes), rawBytes: times(runtime.rawBytes) },
    ...(stats && {
      stats: { ...stats, artifactBytes: times(stats.artifactBytes), cpuTimeMs: times(stats.cpuTimeMs) },
    }),
  };
}

const comparisonCases = {
  'identical-code': comparisonCase(accepted, otherCode),
  'spec-version-not-raised': comparisonCase(upgraded({ specVersion: 408 }), otherCode),
  'spec-name-differs': comparisonCase(upgraded({ specName: 'basilisk' }), otherCode),
  'transaction-version-lowered': comparisonCase(upgraded({ transactionVersion: 0 }), otherCode),
  'transaction-version-not-raised': changesCase(withPallet({ calls: samplePallet.calls.slice(1) })),
  'pallet-index-moved': changesCase(withPallet({ index: 2 })),
  'storage-retyped': changesCase(
    withPallet({ storage: firstItem ? [{ ...firstItem, hashers: ['Identity'] }, ...otherItems] : [] }),
  ),
  'runtime-api-gone': {
    applied: runRules(rules.comparison, {
      baseline: { ...upgraded({ runtimeApis: oldApis }), is: 'build' },
      current: upgraded({ runtimeApis: [] }),
    }),
    other: runRules(rules.comparison, {
      baseline: { ...upgraded({ runtimeApis: oldApis }), is: 'build' },
      current: upgraded({ runtimeApis: oldApis }),
    }),
  },
  ...Object.fromEntries(
    ['stored-bytes', 'raw-bytes', 'artifact-bytes', 'cpu-time'].flatMap((id): [string, RuleCase][] => [
      [`growth-${id}`, comparisonCase(scaled(2), otherCode)],
      [`shrinkage-${id}`, comparisonCase(scaled(0.5), scaled(2))],
    ]),
  ),
};

export const ruleCases: Readonly<Record<string, RuleCase>> = {
  ...blobCases,
  ...metadataCases,
  ...limitCases,
  ...outcomeCases,
  ...comparisonCases,
};
