/**
 * For every rule, an input that provokes it. `test/process/check/every-rule.test.ts` checks each input for real, and
 * `npm run generate` writes docs/rule-inputs.md from this table.
 */
import { copyFileSync, mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { concat } from '../../src/base/bytes.ts';
import type { CheckKind, CheckSettings } from '../../src/check/check-settings.ts';
import { ruleInfos } from '../../src/check/rules/index.ts';
import { type Budget, type Limit, limits } from '../../src/model/measures.ts';
import type { Conclusion, Report, Vote } from '../../src/model/report.ts';
import type { TeamBudget } from '../../src/model/team-budget.ts';
import type { PrepareError } from '../../src/polkadot/prepare-error.ts';
import { sectionId } from '../../src/wasm/sections.ts';
import { name, section } from '../../src/wasm/writer.ts';
import { codeOfCase } from '../unit/check/protocol-cases.ts';
import { errorOf } from '../unit/check/rules/cases.ts';
import { errAnswer, type FakeBehaviour, okAnswer } from './fake-worker.ts';
import { plainPvf, plainPvfOf, runtimeVersion } from './plain-pvf.ts';
import { importedFunction, importedMemory, pvfModule, version } from './pvf-module.ts';
import { workerErrors } from './worker-errors.ts';

/** What an input can use. */
export interface RuleBench {
  /** A path in a folder of the input's own. */
  at(file: string): string;
  /** Writes a file into that folder and returns its path. */
  write(file: string, content: string | Uint8Array): string;
  /** The path of a file of the corpus. */
  corpus(file: string): string;
  /** Installs a fake worker and returns its path. */
  fakeWorker(behaviour: FakeBehaviour): string;
  /** Checks a file. The built-in worker prepares it unless the settings name another one. */
  check(path: string, settings?: Partial<CheckSettings>, kind?: CheckKind): Promise<Report>;
}

export interface RuleInput {
  /** The rule's id. */
  readonly rule: string;
  /** A few words, in Markdown. */
  readonly input: string;
  readonly vote: Vote | 'inspected';
  readonly status: Conclusion['status'];
  /** The input is a real runtime of the corpus. */
  readonly needsCorpus?: boolean;
  run(bench: RuleBench): Promise<Report>;
}

type Ends = Pick<RuleInput, 'vote' | 'status'>;

const passes: Ends = { vote: 'accept', status: 'pass' };
const fails: Ends = { vote: 'accept', status: 'fail' };
const rejected: Ends = { vote: 'reject', status: 'fail' };
const undecided: Ends = { vote: 'undecided', status: 'undecided' };
const inspected: Ends = { vote: 'inspected', status: 'pass' };
const inspectedAndFails: Ends = { vote: 'inspected', status: 'fail' };

type ModuleRow = readonly [input: string, module: Uint8Array, ends: Ends];

function moduleInput(rule: string, [input, module, ends]: ModuleRow): RuleInput {
  const kind = ends.vote === 'inspected' ? 'inspect' : 'prepare';
  return { rule, input, ...ends, run: (bench) => bench.check(bench.write('a.wasm', module), {}, kind) };
}

const memory = importedMemory();
const withCode = (...code: readonly number[]) => pvfModule({ code: Uint8Array.from(code) });
const withImport = (label: string, type: number) => pvfModule({ imports: [memory, importedFunction(label, type)] });
const custom = (label: string, ...content: readonly Uint8Array[]) =>
  section(sectionId('custom'), name(label), ...content);
const ofProtocol = (title: string): readonly [string, Uint8Array] => [`protocol case "${title}"`, codeOfCase(title)];

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

interface Amounts {
  readonly cpuMs: number;
  readonly peakTrackedAlloc: number;
}

/** A worker whose job needs so much. The plain module needs next to nothing. */
async function workerThatNeeds({ cpuMs, peakTrackedAlloc }: Amounts): Promise<FakeBehaviour> {
  const memoryStats = { memoryTrackerStats: undefined, maxRss: undefined, peakTrackedAlloc: BigInt(peakTrackedAlloc) };
  return { spawns: [{ jobs: [await okAnswer({ cpuMs, memory: memoryStats, artifact: 'ab'.repeat(5000) })] }] };
}

const MIB = 2 ** 20;
const needed: Amounts = { cpuMs: 40_000, peakTrackedAlloc: 255 * MIB };

/** The figure of the plain module, or of the worker above. */
function figureOf({ measure }: Limit): number {
  const stats = {
    cpuTimeMs: needed.cpuMs,
    memory: { peakTrackedAlloc: needed.peakTrackedAlloc },
    artifactBytes: 5000,
  };
  const { length } = plainPvf;
  const value = measure.value({ runtime: { storedBytes: length, rawBytes: length }, stats });
  if (value === undefined) throw new Error(`no figure for ${measure.id}`);
  return value;
}

/** A limit that the figure is near, or over. */
function limitFor(limit: Limit, level: 'near' | 'over'): number {
  const used = figureOf(limit);
  return level === 'over' ? Math.floor(used * 0.99) : used + 1;
}

type SettingsOf = (bench: RuleBench, limit: number) => Partial<CheckSettings>;

function profileWith(values: (limit: number) => object): SettingsOf {
  return (bench, limit) => {
    const profile = { name: 'mine', source: 'a test', date: '2026-11-26', maxCodeSize: 3 * MIB, ...values(limit) };
    return { profile: bench.write('profile.json', JSON.stringify(profile)) };
  };
}

/** How a user, or a relay chain, sets each limit. */
const limitSettings: Readonly<Record<string, readonly [how: string, settings: SettingsOf]>> = {
  'code-size': ['`maxCodeSize` of the profile', profileWith((maxCodeSize) => ({ maxCodeSize }))],
  'raw-code-size': ['`bombLimit` of the profile', profileWith((bombLimit) => ({ bombLimit }))],
  'cpu-time': ['`--timeout`', (_, limit) => ({ prepTimeoutMs: limit })],
  memory: ['`--memory-limit`', (_, limit) => ({ memoryLimit: BigInt(limit) })],
};

function settingsFor(limit: Limit): readonly [how: string, settings: SettingsOf] {
  const { id, isBudget, measure } = limit;
  if (!isBudget) return limitSettings[id] ?? fail(`how is the limit ${id} set?`);
  const { budgetKey } = measure;
  const settings: SettingsOf = (bench, most) => {
    const budget: Budget = { [budgetKey]: most };
    return { budget: bench.write('budget.json', JSON.stringify(budget)) };
  };
  return [`\`${budgetKey}\` of the budget`, settings];
}

function fail(message: string): never {
  throw new Error(message);
}

function limitInput(limit: Limit, level: 'near' | 'over'): RuleInput {
  const [how, settings] = settingsFor(limit);
  const most = limitFor(limit, level);
  return {
    rule: `${level}-limit-${limit.id}`,
    input: `${how} of ${most}, for a module whose ${limit.measure.name} is ${figureOf(limit)}`,
    ...(level === 'over' ? fails : passes),
    run: async (bench) => {
      const worker = bench.fakeWorker(await workerThatNeeds(needed));
      return bench.check(bench.write('a.wasm', plainPvf), { worker, ...settings(bench, most) });
    },
  };
}

/** Rules that a worker or its host forestalls, with the reason. */
export const forestalled: Readonly<Record<string, string>> = {
  'over-limit-cpu-time': 'the host ends the job with a time-out: `preparation-timeout`',
};

const limitInputs = limits
  .flatMap((limit) => [limitInput(limit, 'near'), limitInput(limit, 'over')])
  .filter(({ rule }) => forestalled[rule] === undefined);

const blobInputs: readonly RuleInput[] = [
  moduleInput('not-compressed', ['a module as the compiler wrote it', plainPvf, passes]),
  moduleInput('no-validate-block', [...ofProtocol('no validate_block'), fails]),
  moduleInput('no-core-version', [...ofProtocol('minimal pvf'), fails]),
  moduleInput('no-runtime-version', [...ofProtocol('minimal pvf, compilation'), fails]),
  moduleInput('no-heap-base', [...ofProtocol('floats'), fails]),
  moduleInput('no-memory', [...ofProtocol('no memory at all'), fails]),
  moduleInput('memory-over-limit', [...ofProtocol('initial memory 2081 pages'), fails]),
  moduleInput('unknown-imports', [...ofProtocol('unknown env function'), fails]),
  moduleInput('start-function', ['a module with a start function', pvfModule({ start: 3 }), passes]),
  moduleInput('two-runtimes', [
    'two `runtime_version` sections, of `mine` and `other`',
    pvfModule({ customs: [version('mine', 2), version('other', 1)] }),
    fails,
  ]),
  moduleInput('host-function-types', [
    '`ext_hashing_twox_64_version_1` imported as `() -> ()`',
    withImport('ext_hashing_twox_64_version_1', 2),
    inspectedAndFails,
  ]),
  moduleInput('benchmarking-build', [
    'an import of `ext_benchmarking_wipe_db_version_1`',
    withImport('ext_benchmarking_wipe_db_version_1', 2),
    fails,
  ]),
  moduleInput('newer-host-functions', [
    'an import of `ext_statement_store_remove_by_version_1`, of stable2509',
    withImport('ext_statement_store_remove_by_version_1', 3),
    inspected,
  ]),
  moduleInput('ecc-host-functions', [
    'an import of `ext_host_calls_vesta_mul_version_1`',
    withImport('ext_host_calls_vesta_mul_version_1', 3),
    inspected,
  ]),
  moduleInput('try-runtime-build', [
    'the API `TryRuntime` in the section `runtime_apis`',
    pvfModule({
      customs: [
        version('mine', 2),
        custom('runtime_apis', Uint8Array.of(0xe0, 0x83, 0x7f, 0xce, 9, 0xf4, 0x82, 0x9a, 1, 0, 0, 0)),
      ],
    }),
    passes,
  ]),
  moduleInput('debug-sections', [
    'a section `.debug_info` of 100 bytes',
    pvfModule({ customs: [version('mine', 2), custom('.debug_info', new Uint8Array(100))] }),
    passes,
  ]),
  {
    ...inCargoFolder('development-build', 'target/debug/wbuild/a/a.wasm', plainPvf),
    input: 'a blob below `target/debug`',
  },
  {
    rule: 'stale-compression',
    input: 'a compact file that is newer than the compressed one beside it',
    ...passes,
    needsCorpus: true,
    run: (bench) => {
      const folder = bench.at('target/release/wbuild/a');
      mkdirSync(folder, { recursive: true });
      const file = join(folder, 'a.compact.compressed.wasm');
      copyFileSync(bench.corpus('shell-2.compact.compressed.wasm'), file);
      utimesSync(file, 1000, 1000);
      writeFileSync(join(folder, 'a.compact.wasm'), plainPvf);
      return bench.check(file);
    },
  },
  {
    rule: 'unwrapped-input',
    input: 'a runtime as 0x-hex text with its length in front',
    ...passes,
    run: (bench) => {
      const { length } = plainPvf;
      const prefix = Buffer.from(Uint8Array.of(((length << 2) | 1) & 0xff, length >> 6)).toString('hex');
      return bench.check(bench.write('a.hex', `0x${prefix}${Buffer.from(plainPvf).toString('hex')}`));
    },
  },
  {
    rule: 'near-estimate',
    input: 'the built-in worker and a timeout that its estimate is above',
    vote: 'reject',
    status: 'fail',
    needsCorpus: true,
    run: (bench) => bench.check(bench.corpus('shell-2.compact.compressed.wasm'), { prepTimeoutMs: 20 }),
  },
  {
    rule: 'no-costs',
    input: "`--costs` with Polkadot's worker",
    ...passes,
    run: async (bench) => {
      const worker = bench.fakeWorker({ spawns: [{ jobs: [await okAnswer()] }] });
      return bench.check(bench.write('a.wasm', plainPvf), { worker, costs: true });
    },
  },
];

function inCargoFolder(rule: string, file: string, module: Uint8Array): RuleInput {
  return {
    rule,
    input: '',
    ...passes,
    run: (bench) => {
      const path = bench.at(file);
      mkdirSync(join(path, '..'), { recursive: true });
      writeFileSync(path, module);
      return bench.check(path);
    },
  };
}

/** A real runtime, inspected. @param settings may name files of the corpus */
function corpusInput(
  rule: string,
  file: string,
  change: { readonly input?: string; readonly ends?: Ends; settings?(bench: RuleBench): Partial<CheckSettings> } = {},
): RuleInput {
  const { input = `corpus \`${short(file)}\``, ends = inspected, settings } = change;
  return {
    rule,
    input,
    ...ends,
    needsCorpus: true,
    run: (bench) => bench.check(bench.corpus(file), { metadata: {}, ...settings?.(bench) }, 'inspect'),
  };
}

function short(file: string): string {
  return file.replace(/^.*\//, '').replace(/(\.compact)?(\.compressed)?\.wasm$/, '');
}

/** A real runtime, after another one. */
function upgradeInput(rule: string, older: string, newer: string, ends: Ends = inspected): RuleInput {
  return corpusInput(rule, newer, {
    input: `corpus \`${short(newer)}\` after \`${short(older)}\``,
    ends,
    settings: (bench) => ({ baseline: bench.corpus(older), baselineIs: 'chain' }),
  });
}

const paseo = 'bridge-hub-paseo-2000006.compact.compressed.wasm';
const olderPaseo = 'pairs/bridge-hub-paseo-1009003.compact.compressed.wasm';
const oldestPaseo = 'pairs/bridge-hub-paseo-1009002.compact.compressed.wasm';
const assetHub = 'asset-hub-polkadot-statemint-1004002.compact.compressed.wasm';
const hydration = 'hydration-hydradx-408.compact.compressed.wasm';
const example = join(import.meta.dirname, '../../examples/tally/blobs/tally_runtime.compact.compressed.wasm');

const metadataInputs: readonly RuleInput[] = [
  corpusInput('weakly-compressed', paseo),
  corpusInput('unreadable-metadata', 'field/plain.compact.wasm'),
  corpusInput('ancient-metadata', 'asset-hub-kusama-genesis-uncompressed.wasm', { ends: inspectedAndFails }),
  corpusInput('no-modern-metadata', 'bridge-hub-polkadot-9382.compact.compressed.wasm'),
  corpusInput('no-metadata-hash-extension', 'acala-mandala-2180.compact.compressed.wasm'),
  corpusInput('no-metadata-hash', paseo),
  corpusInput('metadata-hashes-differ', olderPaseo),
  corpusInput('wrong-metadata-hash', assetHub, {
    input: `corpus \`${short(assetHub)}\` with \`--token DOT:12\`; DOT has 10 decimals`,
    settings: () => ({ metadata: { token: { symbol: 'DOT', decimals: 12 } } }),
  }),
  {
    rule: 'missing-runtime-apis',
    input: 'the example runtime `examples/tally`',
    ...inspected,
    run: (bench) => bench.check(example, { metadata: {} }, 'inspect'),
  },
];

/** A check after an earlier one of the same module, whose worker needed more or less. */
function figureChange(rule: string, input: string, before: Amounts, after: Amounts): RuleInput {
  return {
    rule,
    input,
    ...passes,
    run: async (bench) => {
      const file = bench.write('a.wasm', plainPvf);
      const older = await bench.check(file, { worker: bench.fakeWorker(await workerThatNeeds(before)) });
      const artifactBytes = rule.startsWith('growth') ? 2000 : 9000;
      const stats = older.stats && { ...older.stats, artifactBytes };
      const baseline = bench.write('older.json', JSON.stringify({ ...older, ...(stats && { stats }) }));
      const newer = bench.write('b.wasm', plainPvfOf('plain', 2));
      return bench.check(newer, { worker: bench.fakeWorker(await workerThatNeeds(after)), baseline });
    },
  };
}

const [small, large]: readonly Amounts[] = [
  { ...needed, cpuMs: 5000 },
  { ...needed, cpuMs: 20_000 },
];
if (small === undefined || large === undefined) fail('two amounts');

const comparisonInputs: readonly RuleInput[] = [
  {
    rule: 'identical-code',
    input: 'the code that the chain runs now',
    ...inspectedAndFails,
    run: (bench) => {
      const baseline = bench.write('chain.wasm', plainPvf);
      return bench.check(bench.write('a.wasm', plainPvf), { baseline, baselineIs: 'chain' }, 'inspect');
    },
  },
  {
    rule: 'transaction-version-lowered',
    input: 'transaction_version 1 after 2',
    ...inspected,
    run: (bench) => {
      const older = runtimeVersion('plain', 1);
      // Behind it stands the state version alone.
      older[older.length - 5] = 2;
      const baseline = bench.write('older.wasm', pvfModule({ customs: [custom('runtime_version', older)] }));
      return bench.check(bench.write('a.wasm', plainPvfOf('plain', 2)), { baseline }, 'inspect');
    },
  },
  upgradeInput('spec-name-differs', 'bridge-hub-polkadot-9382.compact.compressed.wasm', paseo, inspectedAndFails),
  upgradeInput('spec-version-not-raised', paseo, olderPaseo, inspectedAndFails),
  upgradeInput('transaction-version-not-raised', paseo, olderPaseo, inspectedAndFails),
  upgradeInput('storage-retyped', paseo, olderPaseo, inspectedAndFails),
  upgradeInput('runtime-api-gone', paseo, olderPaseo, inspectedAndFails),
  upgradeInput('pallet-index-moved', assetHub, hydration, inspectedAndFails),
  upgradeInput('growth-stored-bytes', olderPaseo, paseo),
  upgradeInput('growth-raw-bytes', oldestPaseo, olderPaseo),
  upgradeInput('shrinkage-stored-bytes', oldestPaseo, olderPaseo),
  upgradeInput('shrinkage-raw-bytes', paseo, olderPaseo, inspectedAndFails),
  figureChange('growth-cpu-time', 'a job of 20 s after one of 5 s', small, large),
  figureChange('shrinkage-cpu-time', 'a job of 5 s after one of 20 s', large, small),
  figureChange('growth-artifact-bytes', 'an artifact of 5,000 bytes after one of 2,000', large, large),
  figureChange('shrinkage-artifact-bytes', 'an artifact of 5,000 bytes after one of 9,000', large, large),
];

/** A profile with other values, for the plain module and a worker that needs much. */
function profileInput(rule: string, input: string, values: object, ends: Ends): RuleInput {
  return {
    rule,
    input,
    ...ends,
    run: async (bench) => {
      const worker = bench.fakeWorker(await workerThatNeeds(needed));
      return bench.check(bench.write('a.wasm', plainPvf), { worker, ...profileWith(() => values)(bench, 0) });
    },
  };
}

/** A budget on a part of a real runtime, or on its growth. */
function partBudgetInput(rule: string, input: string, budget: TeamBudget, ends: Ends, older?: string): RuleInput {
  return {
    rule,
    input,
    ...ends,
    needsCorpus: true,
    run: (bench) => {
      const settings = older === undefined ? {} : { baseline: bench.corpus(older) };
      return bench.check(bench.corpus(paseo), { sizes: { depth: 'crates' }, budget, ...settings }, 'inspect');
    },
  };
}

const teamInputs: readonly RuleInput[] = [
  profileInput(
    'pending-limits',
    'a profile that will allow 1 byte of code from session 9 on',
    { pending: [{ fromSession: 9, maxCodeSize: 1 }] },
    fails,
  ),
  profileInput('upgrade-proof-size', '`maxPovSize` of the profile of 1,000 bytes', { maxPovSize: 1000 }, passes),
  profileInput('upgrade-block-length', '`blockLength` of the profile of 1,000 bytes', { blockLength: 1000 }, passes),
  partBudgetInput(
    'over-budget-crate',
    'a budget of 1,000 bytes for the crate `staging_xcm`, which has 17 % of the code',
    { crates: { staging_xcm: 1000 } },
    inspectedAndFails,
  ),
  partBudgetInput(
    'over-budget-pallet',
    'a budget of 1,000 bytes for the pallet `pallet_xcm`',
    { pallets: { pallet_xcm: 1000 } },
    inspectedAndFails,
  ),
  partBudgetInput(
    'over-budget-growth',
    'a budget of 1 % of growth for a release that is 19 % larger than the one before',
    { growth: { storedBytes: 0.01 } },
    inspectedAndFails,
    olderPaseo,
  ),
  partBudgetInput(
    'unchecked-budget',
    'a budget for the crate `staging_xmc`, which does not exist',
    { crates: { staging_xmc: 1000 } },
    inspected,
  ),
];

const refused = Object.entries(refusedModules).map(([rule, row]) => moduleInput(rule, [...row, rejected]));

const known: readonly RuleInput[] = [
  ...refused,
  ...answered,
  ...machine,
  unread,
  ...limitInputs,
  ...blobInputs,
  ...metadataInputs,
  ...comparisonInputs,
  ...teamInputs,
];

/** In the order of the rules. */
export const ruleInputs: readonly RuleInput[] = ruleInfos.flatMap(({ id }) => known.filter(({ rule }) => rule === id));

/** Rules that have no input yet, and inputs of rules that are gone. */
export const unmatched: readonly string[] = [
  ...ruleInfos
    .map(({ id }) => id)
    .filter((id) => forestalled[id] === undefined && !known.some(({ rule }) => rule === id)),
  ...known.filter(({ rule }) => !ruleInfos.some(({ id }) => id === rule)).map(({ rule }) => rule),
];
