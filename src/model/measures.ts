import { capitalize } from '../base/text.ts';

/**
 * The table of measured figures. Limits, budgets, limit findings, growth findings and every view of a figure are derived
 * from it: a new figure is one row in `rows`.
 */

/** The parts of a report that hold measured values; `Report` fits. */
export interface Measured {
  readonly runtime: { readonly storedBytes: number; readonly rawBytes?: number | undefined };
  readonly stats?:
    | (Sources & {
        readonly cpuTimeMs?: number | undefined;
        readonly memory?: { readonly peakTrackedAlloc?: number | undefined } | undefined;
        readonly observedCodeBytes?: number | undefined;
        readonly artifactBytes?: number | undefined;
      })
    | undefined;
}

/** Whether the worker measured a value, or the built-in worker estimated it for a native one. */
export interface Sources {
  readonly cpuTimeIs?: 'measured' | 'estimated' | undefined;
  readonly memoryIs?: 'measured' | 'estimated' | undefined;
}

/** The limits that the profile and the job set. */
export interface CheckLimits {
  /** Bytes as stored on chain. */
  readonly maxCodeSize: number;
  /** Bytes after decompression. */
  readonly bombLimit: number;
  /** CPU time of the preparation, in milliseconds. */
  readonly prepTimeoutMs: number;
  /** Bytes that the worker may allocate; absent where the executor params set no limit. */
  readonly memoryLimit?: number | undefined;
}

export type Unit = 'bytes' | 'ms';

export type MeasureKind = 'time' | 'memory' | 'size';

interface MeasureRow<Id extends string, Limit extends string, Key extends string> {
  /** Stable, kebab-case; the budget's limit is `<id>-budget`, a growth finding `growth-<id>`. */
  readonly id: Id;
  /** Within a sentence: `stored size`. */
  readonly name: string;
  /** In a list of figures of the same kind: `stored`. */
  readonly shortName: string;
  /** The subject of a finding's message. */
  readonly subject: string;
  readonly kind: MeasureKind;
  readonly unit: Unit;
  readonly value: (measured: Measured) => number | undefined;
  /** The member of the stats that says whether the value is an estimate; absent where it never is. */
  readonly source?: keyof Sources;
  /** The relay chain's limit, where there is one. */
  readonly limit?: {
    readonly id: Limit;
    /** From this share of the limit on, the figure counts as near it. */
    readonly near: number;
    readonly of: (limits: CheckLimits) => number | undefined;
    readonly hint: string;
  };
  /** The member of a budget file. */
  readonly budgetKey: Key;
}

/** In the order of a report's limits and growth findings. */
const rows = [
  {
    id: 'stored-bytes',
    name: 'stored size',
    shortName: 'stored',
    subject: 'The blob as stored',
    kind: 'size',
    unit: 'bytes',
    value: ({ runtime }) => runtime.storedBytes,
    limit: {
      id: 'code-size',
      near: 0.9,
      of: ({ maxCodeSize }) => maxCodeSize,
      hint: 'The relay chain refuses code above max_code_size before any validator sees it. Register the .compact.compressed.wasm; wasm-builder 35 or newer compresses it by about a fifth better.',
    },
    budgetKey: 'storedBytes',
  },
  {
    id: 'raw-bytes',
    name: 'raw size',
    shortName: 'raw',
    subject: 'The code after decompression',
    kind: 'size',
    unit: 'bytes',
    // The worker may decompress what our own decoder can't.
    value: ({ runtime, stats }) => runtime.rawBytes ?? stats?.observedCodeBytes,
    limit: {
      id: 'raw-code-size',
      near: 0.9,
      of: ({ bombLimit }) => bombLimit,
      hint: 'Validators stop decompressing at this limit. Leave out what production does not need: logs (on-chain-release-build), genesis presets, try-runtime, unused pallets.',
    },
    budgetKey: 'rawBytes',
  },
  {
    id: 'artifact-bytes',
    name: 'artifact',
    shortName: 'artifact',
    subject: 'The artifact',
    kind: 'size',
    unit: 'bytes',
    value: ({ stats }) => stats?.artifactBytes,
    budgetKey: 'artifactBytes',
  },
  {
    id: 'cpu-time',
    name: 'CPU time',
    shortName: 'CPU time',
    subject: 'CPU time of the preparation',
    kind: 'time',
    unit: 'ms',
    value: ({ stats }) => stats?.cpuTimeMs,
    source: 'cpuTimeIs',
    limit: {
      id: 'cpu-time',
      // Near early: the slowest validator decides, and it may be several times slower than this machine (polkadot
      // PR 4270: 3 s on a good machine, over 10 s in the wild).
      near: 0.5,
      of: ({ prepTimeoutMs }) => prepTimeoutMs,
      hint: 'Slower validators need longer than this machine, and a third of them voting no is enough. Fewer or smaller functions cost less.',
    },
    budgetKey: 'cpuTimeMs',
  },
  {
    id: 'memory',
    name: 'peak memory',
    shortName: 'peak memory',
    subject: 'Memory of the preparation',
    kind: 'memory',
    unit: 'bytes',
    value: ({ stats }) => stats?.memory?.peakTrackedAlloc,
    source: 'memoryIs',
    limit: {
      id: 'memory',
      near: 0.8,
      of: ({ memoryLimit }) => memoryLimit,
      hint: 'Above the limit the worker is stopped and the vote is no. The largest functions cost most.',
    },
    budgetKey: 'peakTrackedAlloc',
  },
] as const satisfies readonly MeasureRow<string, string, string>[];

type Row = (typeof rows)[number];
type ProfileLimitId = Extract<Row, { readonly limit: object }>['limit']['id'];

export type MeasureId = Row['id'];
export type BudgetKey = Row['budgetKey'];
export type Measure = MeasureRow<MeasureId, ProfileLimitId, BudgetKey>;

/** `*-budget` limits come from the user's own budget file, the others from the profile and the job. */
export type LimitId = ProfileLimitId | `${MeasureId}-budget`;

/** A team's own limits, below those of the relay chain. Bytes and milliseconds. */
export type Budget = { readonly [Key in BudgetKey]?: number };

/** A limit that a measured figure is held against. */
export interface Limit {
  readonly id: LimitId;
  readonly measure: Measure;
  readonly isBudget: boolean;
  /** From this share of the limit on, the figure counts as near it. */
  readonly near: number;
  readonly hint: string;
}

const BUDGET_NEAR = 0.95;
const BUDGET_HINT = 'The budget file holds this limit. Find out what grew before you raise it.';

export const measures: readonly Measure[] = rows;

/** The order for reading: time and memory before sizes. */
export const measuresForReading: readonly Measure[] = (['time', 'memory', 'size'] as const).flatMap((kind) =>
  measures.filter((measure) => measure.kind === kind),
);

export const budgetKeys: readonly BudgetKey[] = measures.map(({ budgetKey }) => budgetKey);

const profileLimits = measures.flatMap((measure): Limit[] => {
  const { limit } = measure;
  return limit === undefined ? [] : [{ id: limit.id, measure, isBudget: false, near: limit.near, hint: limit.hint }];
});

const budgetLimits = measures.map(
  (measure): Limit => ({
    id: budgetLimitId(measure),
    measure,
    isBudget: true,
    near: BUDGET_NEAR,
    hint: BUDGET_HINT,
  }),
);

/** Those of the profile before those of the budget, each in the order of the table. */
export const limits: readonly Limit[] = [...profileLimits, ...budgetLimits];

export const limitIds: readonly LimitId[] = limits.map(({ id }) => id);

export function measureOf(id: MeasureId): Measure {
  return rowWith(measures, id);
}

export function limitOf(id: LimitId): Limit {
  return rowWith(limits, id);
}

function rowWith<Id extends string, R extends { readonly id: Id }>(table: readonly R[], id: Id): R {
  const row = table.find((one) => one.id === id);
  if (row === undefined) throw new Error(`There is no measure or limit ${id}.`);
  return row;
}

export function budgetLimitId({ id }: Measure): LimitId {
  return `${id}-budget`;
}

/** `Stored size`. */
export function labelOf({ name }: Measure): string {
  return capitalize(name);
}

export function isEstimated({ source }: Measure, sources: Sources | undefined): boolean {
  return source !== undefined && sources?.[source] === 'estimated';
}
