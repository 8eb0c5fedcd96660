import { capitalize, paragraphs } from '../base/text.ts';
import type { SourcePlace } from './source-place.ts';

/**
 * The table of measured figures. Limits, budgets, limit findings, growth findings and all views derive from it. To add a
 * figure, add a row to `rows`.
 */

/** The parts of a `Report` that contain measured values. */
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

/** Whether the worker measured a value, or the built-in worker estimated the value of a native worker. */
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
  /** Bytes that the worker may allocate. Absent when the executor params set no limit. */
  readonly memoryLimit?: number | undefined;
}

/** From this share on, a size or the memory counts as near its limit, unless the user sets another share. */
export const defaultNear = 0.8;

export type Unit = 'bytes' | 'ms';

export type MeasureKind = 'time' | 'memory' | 'size';

interface MeasureRow<Id extends string, Limit extends string, Key extends string> {
  /** Stable, kebab-case. The budget's limit is `<id>-budget`, the growth finding `growth-<id>`. */
  readonly id: Id;
  /** For sentences: `stored size`. */
  readonly name: string;
  /** The subject of a finding's message. */
  readonly subject: string;
  /** One sentence that explains the figure to someone who sees it for the first time. */
  readonly about: string;
  readonly kind: MeasureKind;
  readonly unit: Unit;
  readonly value: (measured: Measured) => number | undefined;
  /** The member of the stats that marks the value as an estimate. Absent: it is never an estimate. */
  readonly source?: keyof Sources;
  /** The relay chain's limit. */
  readonly limit?: {
    readonly id: Limit;
    /** For small spaces: `99.7 % of code size`. */
    readonly name: string;
    /** Figures count as near the limit from this share on. Absent: from the share that the user sets, or `defaultNear`. */
    readonly near?: number;
    readonly of: (limits: CheckLimits) => number | undefined;
    readonly hint: string;
    /** Where in the sources the user can act on it. */
    readonly place: SourcePlace;
    /** One sentence that says who enforces the limit, and what happens above it. */
    readonly about: string;
    /** Markdown paragraphs for docs/findings.md and the explanation in the editor. */
    readonly docs: string;
  };
  /** The member in budget files. */
  readonly budgetKey: Key;
}

/** In the order of limits and growth findings in a report. */
const rows = [
  {
    id: 'stored-bytes',
    name: 'stored size',
    subject: 'The blob as stored',
    about: 'The bytes of the blob, as the chain stores them.',
    kind: 'size',
    unit: 'bytes',
    value: ({ runtime }) => runtime.storedBytes,
    limit: {
      id: 'code-size',
      name: 'code size',
      of: ({ maxCodeSize }) => maxCodeSize,
      hint: 'The relay chain refuses code above max_code_size before any validator sees it. Register the .compact.compressed.wasm; wasm-builder 35 and newer compress about 20 % better.',
      place: 'manifest',
      about: 'The relay chain refuses a larger code (max_code_size).',
      docs: paragraphs(`
        The relay chain stores at most \`max_code_size\` bytes of code. Its \`paras\` pallet refuses a larger blob with
        \`InvalidCode\`, before any validator prepares it. The value belongs to the host configuration of each relay
        chain: polkadot-primitives allows 3 MiB up to version 24 and 5 MiB from version 25 on (polkadot-sdk PR 11894), and
        governance has to raise it on each chain.

        Register the \`.compact.compressed.wasm\`, and build it with substrate-wasm-builder 35 or newer. If that is not
        enough, leave out what production does not need: genesis presets (tanssi PR 1149: 300 kB of compressed code),
        logs, unused pallets.
      `),
    },
    budgetKey: 'storedBytes',
  },
  {
    id: 'raw-bytes',
    name: 'raw size',
    subject: 'The code after decompression',
    about: 'The bytes of the code after decompression.',
    kind: 'size',
    unit: 'bytes',
    // The worker may decompress code that our decoder can't.
    value: ({ runtime, stats }) => runtime.rawBytes ?? stats?.observedCodeBytes,
    limit: {
      id: 'raw-code-size',
      name: 'raw code size',
      about: 'Validators stop decompressing here, and vote against the code (validation_code_bomb_limit).',
      of: ({ bombLimit }) => bombLimit,
      hint: 'Validators stop decompressing at this limit. Leave out what production does not need: logs (on-chain-release-build), genesis presets, try-runtime, unused pallets.',
      place: 'construct-runtime',
      docs: paragraphs(`
        A worker stops decompressing at the bomb limit and answers "Possible compression bomb encountered"; validators
        then vote against. Relay chains set the limit to ten times \`max_code_size\` (runtime API
        \`validation_code_bomb_limit\`, polkadot-sdk PR 7760). Older nodes had a constant, which a live parachain ran into
        (polkadot-sdk issue 7664).

        Leave out what production does not need: logs (feature \`on-chain-release-build\`), genesis presets (tanssi
        PR 1149: 0.9 MB of raw code), \`try-runtime\`, unused pallets.
      `),
    },
    budgetKey: 'rawBytes',
  },
  {
    id: 'artifact-bytes',
    name: 'artifact',
    subject: 'The artifact',
    about: 'The compiled code that a validator keeps. It has no limit on chain.',
    kind: 'size',
    unit: 'bytes',
    value: ({ stats }) => stats?.artifactBytes,
    budgetKey: 'artifactBytes',
  },
  {
    id: 'cpu-time',
    name: 'CPU time',
    subject: 'CPU time of the preparation',
    about: 'The CPU time that the prepare worker needs to compile the code.',
    kind: 'time',
    unit: 'ms',
    value: ({ stats }) => stats?.cpuTimeMs,
    source: 'cpuTimeIs',
    limit: {
      id: 'cpu-time',
      name: 'CPU time',
      // A low share, because the slowest validators decide, and they may be several times slower than this machine
      // (polkadot PR 4270: 3 s on a good machine, over 10 s in the wild).
      near: 0.5,
      about: 'Validators stop the preparation at this CPU time, and vote against the code (PvfPrepTimeout).',
      of: ({ prepTimeoutMs }) => prepTimeoutMs,
      hint: 'Slower validators need longer than this machine, and one third of the votes is enough to reject. Less code compiles faster: build with the production profile (LTO) and leave out unused pallets.',
      place: 'construct-runtime',
      docs: paragraphs(`
        Pre-checking grants 60 s of CPU time unless the relay chain's executor params say otherwise
        (\`PvfPrepTimeout\`). A validator that needs more votes against (polkadot PR 6492), and two thirds must vote for
        the PVF. The slowest third decides: the same preparation took 3 s on a good machine and over 10 s on others
        (polkadot PR 4270).

        Less code compiles faster. Build with the \`production\` profile (LTO, one codegen unit), leave out pallets that
        production does not need, and split huge functions, such as a \`match\` with very many arms.
      `),
    },
    budgetKey: 'cpuTimeMs',
  },
  {
    id: 'memory',
    name: 'peak memory',
    subject: 'Memory of the preparation',
    about: 'The most memory that the prepare worker allocates at once.',
    kind: 'memory',
    unit: 'bytes',
    value: ({ stats }) => stats?.memory?.peakTrackedAlloc,
    source: 'memoryIs',
    limit: {
      id: 'memory',
      name: 'memory',
      about: 'Validators stop the preparation above this memory, and vote against the code (PrecheckingMaxMemory).',
      of: ({ memoryLimit }) => memoryLimit,
      hint: 'Above the limit the worker is stopped, and validators vote no. The largest functions need the most memory: split them.',
      place: 'construct-runtime',
      docs: paragraphs(`
        The limit is the executor param \`PrecheckingMaxMemory\`; a relay chain that does not set it has no limit. The
        worker counts the bytes that its allocator hands out, not the resident memory that the system shows. Above the
        limit it ends with \`OutOfMemory\`, and validators vote against.

        The largest functions need the most memory: split them. Raise the limit only when the relay chain has it too.
      `),
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

/** A limit on a measured figure. */
export interface Limit {
  readonly id: LimitId;
  /** For small spaces: `code size`, `stored size budget`. */
  readonly name: string;
  readonly measure: Measure;
  readonly isBudget: boolean;
  /** Figures count as near the limit from this share on. Absent: from the share that the user sets, or `defaultNear`. */
  readonly near?: number;
  readonly hint: string;
  readonly place: SourcePlace;
  /** One sentence that says who enforces the limit, and what happens above it. */
  readonly about: string;
  readonly docs: string;
}

const budget = {
  about: 'Your own limit, from your budget. It does not affect how validators vote.',
  near: 0.95,
  hint: 'Your budget sets this limit. Find out what grew before you raise it.',
  place: 'manifest',
  docs: paragraphs(`
    This is your own limit, from \`budget\` in \`pvf.json\` or from a budget file (\`--budget\`, \`pvf.budget\`). It does not affect how validators vote.

    Compare with an earlier report (\`--baseline\`) to see what grew, and raise the budget only when you know the reason.
  `),
} as const;

export const measures: readonly Measure[] = rows;

/** In reading order: time and memory before sizes. */
export const measuresForReading: readonly Measure[] = (['time', 'memory', 'size'] as const).flatMap((kind) =>
  measures.filter((measure) => measure.kind === kind),
);

const profileLimits = measures.flatMap((measure): Limit[] => {
  const { limit } = measure;
  return limit === undefined ? [] : [{ ...limit, measure, isBudget: false }];
});

const budgetLimits = measures.map(
  (measure): Limit => ({
    id: budgetLimitId(measure),
    name: `${measure.name} budget`,
    measure,
    isBudget: true,
    ...budget,
  }),
);

/** The profile's limits, then the budget's, each in the order of the table. */
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
  if (row === undefined) throw new Error(`unknown measure or limit ${id}`);
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
