import type { Report } from '../../src/model/report.ts';
import { concluded } from './concluded.ts';
import {
  common,
  functionExports,
  functionImports,
  growth,
  hydration,
  item,
  limits,
  longMessage,
  MIB,
  nearCodeSize,
  nearEstimate,
  notCompilable,
  notCompressed,
  notSpawned,
  noValidateBlock,
  official,
  overCodeSize,
  overStoredBudget,
  portable,
  precheck,
  preparationTimeout,
  refusedInSession,
  robonomics,
  security,
  signExtension,
  weaklyCompressed,
} from './sample-parts.ts';

/**
 * Realistic reports for the tests of renderers and views. Sizes and code hashes are those of real runtimes of the
 * corpus; times and memory have the measured order of magnitude.
 */

/** Accepted by an official worker, near one limit. */
export const accepted: Report = concluded(
  {
    ...common,
    runtime: hydration,
    worker: official,
    security,
    job: precheck,
    outcome: { kind: 'concluded' },
    stats: {
      cpuTimeMs: 23_112.4,
      cpuTimeIs: 'measured',
      wallTimeMs: 23_391.7,
      spawnMs: 38.2,
      memory: { peakTrackedAlloc: 398_204_117, resident: 421_113_856, allocated: 396_871_224, maxRss: 452_984_832 },
      observedCodeBytes: 14_896_370,
      artifactBytes: 67_054_632,
      artifactChecksum: '0x5d1f8c0a4be37296d80e17fa93c2645b0f7ae8d15c3b92461f80a7de34c9b652',
    },
    limits: limits(
      item('code-size', 3_135_113, 3 * MIB),
      item('raw-code-size', 14_896_370, 30 * MIB),
      item('cpu-time', 23_112.4, 60_000),
      item('memory', 398_204_117, 2048 * MIB),
    ),
    findings: [growth, nearCodeSize],
  },
  { vote: 'accept' },
);

/** Accepted by validators, but over the user's own budget. The worker was warm. */
export const overBudget: Report = concluded(
  {
    ...accepted,
    stats: { ...accepted.stats, wallTimeMs: 23_201.5, spawnMs: 0 },
    limits: limits(
      ...accepted.limits.items,
      item('stored-bytes-budget', 3_135_113, 2.9 * MIB),
      item('cpu-time-budget', 23_112.4, 20_000),
    ),
    findings: [nearCodeSize, overStoredBudget],
  },
  { vote: 'accept' },
);

/** Validators would prepare it, but the code is too large for the relay chain: the wrong one of the three files. */
export const overLimit: Report = concluded(
  {
    ...accepted,
    runtime: {
      ...hydration,
      path: 'target/release/wbuild/hydradx-runtime/hydradx_runtime.compact.wasm',
      container: 'wasm',
      storedBytes: 14_896_370,
      compression: { kind: 'none' },
      codeHash: '0x11a389999f02a3750a5d14aa72ab158f5fd4e0875e59aa24a1e375e1a6c6a4ee',
      buildVariant: 'compact',
    },
    limits: limits(
      item('code-size', 14_896_370, 3 * MIB),
      item('raw-code-size', 14_896_370, 30 * MIB),
      item('cpu-time', 23_112.4, 60_000),
    ),
    findings: [overCodeSize, notCompressed],
  },
  { vote: 'accept' },
);

/** Rejected before compilation because of an instruction that is not in WebAssembly 1.0. */
export const rejected: Report = concluded(
  {
    ...common,
    runtime: robonomics,
    worker: official,
    security,
    job: {
      ...precheck,
      executorParams: [
        { name: 'MaxMemoryPages', value: 8192 },
        { name: 'PrecheckingMaxMemory', value: '2147483648' },
        { name: 'PvfPrepTimeout', kind: 'Precheck', value: '60000' },
        { name: 'WasmExtBulkMemory' },
      ],
    },
    outcome: {
      kind: 'concluded',
      error: {
        variant: 'Prevalidation',
        message: 'Other("cannot deserialize module: UnknownOpcode(192)")',
        deterministic: true,
      },
    },
    stats: { wallTimeMs: 412.3, spawnMs: 41.7 },
    limits: limits(item('code-size', 771_161, 3 * MIB), item('raw-code-size', 3_944_542, 30 * MIB)),
    findings: [signExtension, weaklyCompressed],
  },
  { vote: 'reject' },
);

/** The same, with a long error message of a compiler. */
export const rejectedAtLength: Report = concluded(
  {
    ...rejected,
    outcome: { kind: 'concluded', error: { variant: 'Preparation', message: longMessage, deterministic: true } },
    findings: [notCompilable],
  },
  { vote: 'reject' },
);

/** Rejected because the CPU time ran out, so the required CPU time is unknown. */
export const timedOut: Report = concluded(
  {
    ...common,
    runtime: hydration,
    worker: official,
    security,
    job: { ...precheck, prepTimeoutMs: 20_000 },
    outcome: { kind: 'timed-out', error: { variant: 'TimedOut', message: '', deterministic: false } },
    stats: { wallTimeMs: 20_473.9, spawnMs: 36.1 },
    limits: limits(item('code-size', 3_135_113, 3 * MIB), item('raw-code-size', 14_896_370, 30 * MIB)),
    findings: [preparationTimeout, nearCodeSize],
  },
  { vote: 'reject', reason: 'Preparation took more than the allowed 20 s of CPU time.' },
);

/** Undecided, because there was no worker. */
export const undecided: Report = concluded(
  {
    ...common,
    runtime: hydration,
    job: precheck,
    outcome: {
      kind: 'not-spawned',
      error: { variant: 'no-worker', message: 'No prepare worker was found on this machine', deterministic: false },
    },
    limits: limits(item('code-size', 3_135_113, 3 * MIB), item('raw-code-size', 14_896_370, 30 * MIB)),
    findings: [notSpawned],
  },
  { vote: 'undecided', reason: 'No prepare worker was found on this machine.' },
);

/** From `pvf inspect`, without a worker. */
export const inspected: Report = concluded({
  ...common,
  runtime: {
    path: 'target/release/wbuild/glutton/glutton_runtime.wasm',
    container: 'wasm',
    storedBytes: 1_711_379,
    rawBytes: 1_711_379,
    compression: { kind: 'none' },
    codeHash: '0x02933aaecf7f573d94c82678212bf0b28df18b59813968402e36d2fe2124e980',
    functions: 1942,
    imports: functionImports(38),
    exports: functionExports(1),
    sections: [
      { name: 'code', bytes: 1_412_206 },
      { name: 'data', bytes: 68_992 },
      { name: 'name', bytes: 224_246 },
    ],
    buildVariant: 'bloaty',
    buildProfile: 'release',
    isParachain: false,
  },
  limits: limits(item('code-size', 1_711_379, 3 * MIB), item('raw-code-size', 1_711_379, 30 * MIB)),
  findings: [notCompressed, noValidateBlock],
});

/** From the built-in worker, which estimates the CPU time and memory of a native worker. */
export const estimated: Report = concluded(
  {
    ...common,
    runtime: robonomics,
    worker: portable,
    job: precheck,
    outcome: { kind: 'concluded' },
    stats: {
      cpuTimeMs: 7243.8,
      cpuTimeIs: 'estimated',
      wallTimeMs: 9_804.2,
      spawnMs: 212.5,
      memory: { peakTrackedAlloc: 110_104_482 },
      memoryIs: 'estimated',
      observedCodeBytes: 3_944_542,
      artifactBytes: 18_642_960,
      artifactChecksum: '0x93c2645b0f7ae8d15c3b92461f80a7de34c9b6525d1f8c0a4be37296d80e17fa',
    },
    limits: limits(
      item('code-size', 771_161, 3 * MIB),
      item('raw-code-size', 3_944_542, 30 * MIB),
      item('cpu-time', 7243.8, 60_000),
      item('memory', 110_104_482, 2048 * MIB),
    ),
    findings: [weaklyCompressed],
  },
  { vote: 'accept' },
);

const { security: _, ...timedOutWithoutSandbox } = timedOut;

/** Rejected by the built-in worker's estimate. */
export const timedOutByEstimate: Report = concluded(
  {
    ...timedOutWithoutSandbox,
    worker: portable,
    stats: { wallTimeMs: 33_173.2, spawnMs: 212.5 },
    findings: [preparationTimeout, nearEstimate],
  },
  {
    vote: 'reject',
    reason:
      'Preparation would take more than the allowed 20 s of CPU time. The built-in worker estimated (±15 %) the time that a native worker would need.',
  },
);

/** From a hostile runtime blob that tries to inject into terminals, browsers and parsers. */
export const hostile: Report = concluded(
  {
    ...rejected,
    runtime: { ...robonomics, path: 'a b/50%|`x`#<&>.wasm', specName: '\u001b[2J</code>@everyone\u202e|x' },
    outcome: {
      kind: 'concluded',
      error: {
        variant: 'JobError',
        message: 'panic \u0007\u001b]8;;x\u0007 ``` ]]> <script> & "q" \ud800 \ufffe',
        deterministic: true,
      },
    },
    findings: [
      {
        id: 'odd',
        severity: 'warning',
        message: 'Name *is* <b>@octocat</b> `x` [y](z) a_b_c.',
        hint: 'See https://example.org/a_b?c=1&d=2.',
      },
    ],
  },
  { vote: 'reject' },
);

/** Accepted now, and refused with the limits that the relay chain has scheduled. The profile is from a live chain, and old. */
export const refusedLater: Report = concluded(
  {
    ...accepted,
    limits: {
      ...accepted.limits,
      profile: 'paseo',
      source: 'Configuration.ActiveConfig of paseo 1001002',
      date: '2026-09-01',
      block: { number: 1_234_567, hash: `0x${'ab'.repeat(32)}` },
      notes: ['the block length is not known'],
      pending: [
        {
          fromSession: 12_340,
          vote: 'accept',
          items: [item('code-size', 3_135_113, 5 * MIB), item('raw-code-size', 14_896_370, 50 * MIB)],
        },
        {
          fromSession: 12_350,
          vote: 'reject',
          items: [
            item('code-size', 3_135_113, 3 * MIB),
            item('raw-code-size', 14_896_370, 30 * MIB),
            item('cpu-time', 23_112.4, 30_000),
            item('memory', 398_204_117, 256 * MIB),
          ],
        },
        { items: [item('code-size', 3_135_113, 3 * MIB)], vote: 'undecided' },
      ],
    },
    findings: [refusedInSession, ...accepted.findings],
  },
  { vote: 'accept' },
);

export const sampleReports = {
  accepted,
  overBudget,
  overLimit,
  rejected,
  rejectedAtLength,
  timedOut,
  undecided,
  inspected,
  estimated,
  timedOutByEstimate,
  hostile,
  refusedLater,
} satisfies Record<string, Report>;
