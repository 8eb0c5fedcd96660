/** Views with made-up content of realistic size, for the tests of the charts. The same at every run. */

import { figureErrors } from '../../src/model/estimates.ts';
import type { CodeOwner, SizeNode, SizeNodeKind, Sizes } from '../../src/model/size-tree.ts';
import type { CompareView, HistoryView, SizesView } from '../../src/model/view.ts';

/** A small pseudorandom generator (mulberry32): numbers from 0 up to 1. */
export function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const crates = [
  'hydradx_runtime',
  'pallet_xcm',
  'pallet_omnipool',
  'pallet_stableswap',
  'pallet_evm',
  'pallet_balances',
  'pallet_assets',
  'pallet_staking',
  'pallet_democracy',
  'pallet_referenda',
  'pallet_collective',
  'pallet_scheduler',
  'pallet_identity',
  'pallet_multisig',
  'pallet_proxy',
  'pallet_utility',
  'pallet_treasury',
  'pallet_preimage',
  'pallet_router',
  'pallet_dca',
  'pallet_lbp',
  'pallet_otc',
  'pallet_uniques',
  'pallet_transaction_payment',
  'pallet_message_queue',
  'cumulus_pallet_xcmp_queue',
  'cumulus_pallet_parachain_system',
  'frame_support',
  'frame_system',
  'frame_executive',
  'staging_xcm',
  'staging_xcm_executor',
  'staging_xcm_builder',
  'xcm_runtime_apis',
  'sp_runtime',
  'sp_io',
  'sp_core',
  'sp_trie',
  'sp_arithmetic',
  'sp_state_machine',
  'core',
  'alloc',
  'compiler_builtins',
  'hashbrown',
  'evm',
  'ethereum',
  'ethabi',
  'parity_scale_codec',
  'scale_info',
  'primitive_types',
  'hydra_dx_math',
  'orml_tokens',
  'orml_xtokens',
  'warehouse_liquidity_mining',
  'serde',
  'serde_json',
  'libsecp256k1',
  'k256',
  'num_bigint',
  'rlp',
] as const;
const own = ['hydradx_runtime', 'hydra_dx_math', 'warehouse_liquidity_mining'];
const modules = ['pallet', 'types', 'impls', 'migrations', 'weights', 'traits', 'storage', 'calls', 'hooks', 'math'];
const verbs = [
  'encode_to',
  'decode',
  'dispatch_bypass_filter',
  'on_initialize',
  'transfer',
  'execute',
  'try_mutate',
  'drop_in_place',
  'fmt',
  'from_call',
  'size_hint',
  'validate',
];

export interface SampleOptions {
  /** Functions in the code section. */
  readonly functions?: number;
  readonly hasCosts?: boolean;
}

export function sampleSizes({ functions = 15_000, hasCosts = false }: SampleOptions = {}): Sizes {
  const next = randomNumbers(20_261);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)] as T;
  const costs = (bytes: number) =>
    hasCosts
      ? { compileTimeMs: (bytes * (0.6 + next())) / 700, machineCodeBytes: Math.round(bytes * (2.6 + next())) }
      : {};
  const leaf = (name: string, kind: SizeNodeKind, bytes: number, more: Partial<SizeNode> = {}): SizeNode => ({
    name,
    kind,
    bytes,
    ...more,
    children: [],
  });
  const functionsIn = (count: number) =>
    Array.from({ length: count }, (_, at) => {
      const bytes = Math.round(40 + 9000 * next() ** 6 + 500 * next());
      return leaf(`${pick(verbs)}_${at}`, 'function', bytes, {
        functions: 1 + Math.floor(4 * next() ** 4),
        ...costs(bytes),
      });
    });

  // A few crates have most of the code, as in real runtimes.
  const weights = crates.map(() => 0.05 + next() ** 3);
  const weight = weights.reduce((sum, each) => sum + each, 0);
  const crateNodes = crates.map((name, at) => {
    const count = Math.max(2, Math.round((functions * (weights[at] ?? 0)) / weight));
    const names = modules.filter(() => next() < 0.55);
    const perModule = names.map((module) =>
      group(module, 'module', functionsIn(Math.ceil(count / (names.length + 1)))),
    );
    return group(name, 'crate', [...perModule, ...functionsIn(Math.ceil(count / (names.length + 1)))]);
  });
  const unattributed = leaf('unattributed', 'unattributed', 8431, { functions: 31, ...costs(8431) });
  const code = group('code', 'section', [...crateNodes, unattributed, leaf('header', 'header', 42_117)]);
  const segments = Array.from({ length: 9 }, (_, at) =>
    leaf(`data segment ${at}`, 'segment', Math.round(800 + 200_000 * next() ** 2)),
  );
  const tree = group('runtime.wasm', 'file', [
    code,
    group('data', 'section', segments),
    group('name', 'section', [leaf('function names', 'names', 1_873_722)]),
    ...[
      'type',
      'import',
      'function',
      'global',
      'export',
      'element',
      'runtime_version',
      'runtime_apis',
      'producers',
    ].map((name) => leaf(name, 'section', Math.round(30 + 14_000 * next() ** 3))),
    leaf('header', 'header', 8),
  ]);
  const owners = ownersOf(crateNodes, code.bytes, next);
  const ownedCodeBytes = owners
    .filter(({ kind }) => kind !== 'unattributed')
    .reduce((sum, { bytes }) => sum + bytes, 0);
  return {
    totalBytes: tree.bytes,
    codeBytes: code.bytes,
    attributedCodeBytes: code.bytes - unattributed.bytes - 42_117,
    ownedCodeBytes,
    tree,
    owners,
  };
}

function group(name: string, kind: SizeNodeKind, children: readonly SizeNode[]): SizeNode {
  const sum = (value: (node: SizeNode) => number | undefined) =>
    children.reduce((total, node) => total + (value(node) ?? 0), 0);
  const functions = sum((node) => node.functions);
  const hasCosts = children.some(({ compileTimeMs }) => compileTimeMs !== undefined);
  return {
    name,
    kind,
    bytes: sum(({ bytes }) => bytes),
    ...(functions === 0 ? {} : { functions }),
    ...(hasCosts
      ? { compileTimeMs: sum((node) => node.compileTimeMs), machineCodeBytes: sum((node) => node.machineCodeBytes) }
      : {}),
    children: [...children].sort((a, b) => b.bytes - a.bytes),
  };
}

/** Pallets and own crates, with a share of the code of the others. */
function ownersOf(nodes: readonly SizeNode[], codeBytes: number, next: () => number): CodeOwner[] {
  const owners = nodes
    .filter(({ name }) => name.includes('pallet_') || own.includes(name))
    .map((node): CodeOwner => {
      const { name, functions = 0, compileTimeMs, machineCodeBytes } = node;
      const costs =
        compileTimeMs === undefined || machineCodeBytes === undefined ? {} : { compileTimeMs, machineCodeBytes };
      return {
        name,
        kind: own.includes(name) ? 'crate' : 'pallet',
        bytes: Math.round(node.bytes * (1 + next() * 0.5)),
        functions,
        ...costs,
      };
    });
  const owned = owners.reduce((sum, { bytes }) => sum + bytes, 0);
  const rest: CodeOwner = { name: 'unattributed', kind: 'unattributed', bytes: codeBytes - owned, functions: 1200 };
  return [...owners, rest].sort((a, b) => b.bytes - a.bytes);
}

/** Names that try to become markup, code or another text direction. */
export const hostileNames = [
  '</script><script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  '<!--<script>',
  'abc\u202edcba\u2066x\u2069',
  'line\nfeed\u2028separator\u0000\u001b[31m',
  '\ud800lone',
  `long_${'x'.repeat(10_000)}`,
] as const;

export function hostileSizes(): Sizes {
  const children = hostileNames.map(
    (name, at): SizeNode => ({ name, kind: 'function', bytes: 1000 + at, functions: 1, children: [] }),
  );
  const crate = group(hostileNames[0], 'crate', children);
  const code = group('code', 'section', [crate]);
  const tree = group(hostileNames[3], 'file', [code]);
  const owners = [{ name: hostileNames[1], kind: 'pallet', bytes: tree.bytes, functions: children.length }] as const;
  return {
    totalBytes: tree.bytes,
    codeBytes: tree.bytes,
    attributedCodeBytes: tree.bytes,
    ownedCodeBytes: tree.bytes,
    tree,
    owners,
  };
}

export function sampleSizesView(options?: SampleOptions): SizesView {
  return { view: 'sizes', title: 'hydradx 408', sizes: sampleSizes(options) };
}

const MIB = 1024 * 1024;

export function sampleHistory(count = 24): HistoryView {
  const next = randomNumbers(7);
  const entries = Array.from({ length: count }, (_, at) => {
    const growth = 1 + at * 0.006 + 0.01 * next() - (at > 15 ? 0.05 : 0);
    const isEstimate = at < 6;
    const isFail = at === 12 || at === 13;
    return {
      at: new Date(Date.UTC(2026, 9, 1 + at, 9 + (at % 8), 30)).toISOString(),
      label: `hydradx ${400 + Math.floor(at / 3)}`,
      commit: Array.from({ length: 40 }, () => Math.floor(next() * 16).toString(16)).join(''),
      branch: at % 5 === 4 ? 'feat/stableswap-pegs' : 'master',
      conclusion: isFail ? ('fail' as const) : at === 20 ? ('undecided' as const) : ('pass' as const),
      ...(isEstimate ? { estimated: ['cpu-time' as const, 'memory' as const] } : {}),
      values: {
        ...(at === 20
          ? {}
          : {
              'cpu-time': Math.round((isEstimate ? 26_000 : 22_000) * growth),
              memory: Math.round(390 * MIB * growth),
            }),
        ...(at === 20 ? {} : { 'artifact-bytes': Math.round(64 * MIB * growth) }),
        'stored-bytes': Math.round((isFail ? 3.06 : 2.68) * MIB * growth),
        'raw-bytes': Math.round(13.1 * MIB * growth),
      },
    };
  });
  return {
    view: 'history',
    title: 'hydradx',
    figures: [
      { id: 'cpu-time', label: 'CPU time', unit: 'ms', errors: figureErrors.time, limit: 60_000 },
      { id: 'memory', label: 'Peak memory', unit: 'bytes', errors: figureErrors.memory, limit: 2048 * MIB },
      { id: 'artifact-bytes', label: 'Artifact', unit: 'bytes', errors: figureErrors.size },
      { id: 'stored-bytes', label: 'Stored size', unit: 'bytes', errors: figureErrors.size, limit: 3 * MIB },
      { id: 'raw-bytes', label: 'Raw size', unit: 'bytes', errors: figureErrors.size, limit: 30 * MIB },
    ],
    entries,
    baseline: 8,
  };
}

export function sampleComparison(): CompareView {
  const next = randomNumbers(3);
  const grown = (names: readonly string[], bytes: number) =>
    names
      .map((name) => {
        const was = next() < 0.07 ? 0 : Math.round(bytes * next() ** 2);
        const now =
          next() < 0.06 ? 0 : Math.round(was * (0.85 + 0.4 * next()) + (was === 0 ? bytes * 0.2 * next() : 0));
        return { name, was, now };
      })
      .filter(({ was, now }) => was !== now)
      .sort((a, b) => Math.abs(b.now - b.was) - Math.abs(a.now - a.was));
  return {
    view: 'compare',
    title: 'hydradx 405 → 408',
    older: { label: 'hydradx 405, on chain' },
    newer: { label: 'hydradx 408, this build' },
    notes: [],
    figures: [
      { label: 'CPU time', was: '21.9 s', now: '23.1 s', direction: 'grew', delta: '+1.21 s (+5.5 %)' },
      { label: 'Peak memory', was: '379.6 MiB', now: '378.6 MiB', direction: 'shrank', delta: '−976.6 KiB (−0.3 %)' },
      { label: 'Artifact', was: '62.1 MiB', now: '63.9 MiB', direction: 'grew', delta: '+1.86 MiB (+3.0 %)' },
      { label: 'Stored size', was: '2.89 MiB', now: '2.99 MiB', direction: 'grew', delta: '+97.7 KiB (+3.3 %)' },
      { label: 'Raw size', now: '14.2 MiB', direction: 'same' },
    ],
    facts: [
      { name: 'spec_version', was: '405', now: '408' },
      { name: 'memory', was: 'imported, 44 to any number of pages', now: 'imported, 46 to any number of pages' },
    ],
    growth: {
      sections: grown(['code', 'data', 'name', 'element', 'type'], 4_000_000),
      crates: grown(crates, 300_000),
      owners: grown(
        crates.filter((name) => name.includes('pallet')),
        400_000,
      ),
      functions: grown(
        Array.from({ length: 900 }, (_, at) => `pallet_omnipool::pallet::Pallet<T>::${verbs[at % verbs.length]}_${at}`),
        9000,
      ),
    },
    imports: {
      added: ['env.ext_storage_root_version_2'],
      gone: ['env.ext_crypto_start_batch_verify_version_1', 'env.ext_logging_max_level_version_1'],
    },
    exports: { added: ['TransactionPaymentApi_query_info'], gone: [] },
    metadata: [
      {
        kind: 'moved',
        subject: 'pallet',
        class: 'needs-transaction-version',
        path: 'Omnipool',
        was: 'index 59',
        now: 'index 60',
      },
      {
        kind: 'retyped',
        subject: 'argument',
        class: 'needs-transaction-version',
        path: 'Router.sell.limit',
        was: 'u32',
        now: 'u128',
      },
      {
        kind: 'retyped',
        subject: 'storage',
        class: 'needs-migration',
        path: 'Stableswap.Pools',
        was: 'PoolInfo<u32>',
        now: 'PoolInfo<u32, PegInfo>',
      },
      ...Array.from({ length: 12 }, (_, at) => ({
        kind: 'added' as const,
        subject: 'event' as const,
        class: 'compatible' as const,
        path: `Stableswap.Event${at}`,
      })),
    ],
    newFindings: [
      {
        id: 'transaction-version-not-raised',
        severity: 'error',
        message: 'Calls changed, but transaction_version is still 1.',
      },
      { id: 'growth-stored-bytes', severity: 'warning', message: 'The stored size grew by 3.3 %.' },
    ],
    goneFindings: [],
  };
}
