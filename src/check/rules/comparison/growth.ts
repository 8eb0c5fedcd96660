import { formatBytes, formatRatio, formatSeconds, formatSecondsRoughly } from '../../../base/units.ts';
import type { Report } from '../../../model/report.ts';
import { type ComparisonContext, type FindingDetails, paragraphs, type Rule } from '../rule.ts';

/** A figure of both reports. */
interface ComparedFigure {
  readonly id: string;
  /** The subject of the sentence. */
  readonly what: string;
  readonly value: (report: Pick<Report, 'runtime' | 'stats'>) => number | undefined;
  readonly format: (value: number, report: Pick<Report, 'stats'>) => string;
  /** Absent: always. */
  readonly isComparable?: (context: ComparisonContext) => boolean;
}

const figures: readonly ComparedFigure[] = [
  {
    id: 'stored-bytes',
    what: 'The blob as stored',
    value: ({ runtime }) => runtime.storedBytes,
    format: formatBytes,
  },
  {
    id: 'raw-bytes',
    what: 'The code after decompression',
    value: ({ runtime }) => runtime.rawBytes,
    format: formatBytes,
  },
  {
    id: 'artifact-bytes',
    what: 'The artifact',
    value: ({ stats }) => stats?.artifactBytes,
    format: formatBytes,
  },
  {
    id: 'cpu-time',
    what: 'CPU time of the preparation',
    value: ({ stats }) => stats?.cpuTimeMs,
    format: (ms, { stats }) =>
      stats?.cpuTimeIs === 'estimated' ? `about ${formatSecondsRoughly(ms)}` : formatSeconds(ms),
    // An estimate and a measurement differ by more than the code does.
    isComparable: ({ baseline, current }) => baseline.stats?.cpuTimeIs === current.stats?.cpuTimeIs,
  },
];

/** Growth by this share or more is a warning. */
const notableShare = 0.05;

/** `growth-<id>` and `shrinkage-<id>` for every figure that two reports have in common. */
export const growthRules: readonly Rule<'comparison'>[] = figures.flatMap((figure) => [
  growthRule(figure),
  shrinkageRule(figure),
]);

function growthRule(figure: ComparedFigure): Rule<'comparison'> {
  return {
    id: `growth-${figure.id}`,
    about: 'comparison',
    severity: 'warning',
    place: 'manifest',
    title: `${figure.what} grew since the baseline.`,
    docs: paragraphs(`
      The figure is larger than in the report that \`--baseline\` names. Growth by 5 % or more is a warning, less is a
      note. CPU times are compared only when both are measured or both are estimated.

      Most upgrades grow a little, and no single one is to blame when a limit is reached. Look for what was added without
      need: a dependency's default features, genesis presets (tanssi PR 1149), debug logs (fellows/runtimes PR 937), a
      weaker compression.
    `),
    run(context) {
      const change = changeOf(figure, context);
      if (change === undefined || change.share <= 0) return [];
      const details = detailsOf(figure, change, 'grew', context);
      return [change.share < notableShare ? { ...details, severity: 'information' } : details];
    },
  };
}

function shrinkageRule(figure: ComparedFigure): Rule<'comparison'> {
  return {
    id: `shrinkage-${figure.id}`,
    about: 'comparison',
    severity: 'information',
    place: 'none',
    title: `${figure.what} shrank since the baseline.`,
    docs: paragraphs(`
      The figure is smaller than in the report that \`--baseline\` names. CPU times are compared only when both are
      measured or both are estimated.

      Nothing needs to be done, unless you did not expect it: a pallet or a runtime API may be missing.
    `),
    run(context) {
      const change = changeOf(figure, context);
      return change !== undefined && change.share < 0 ? [detailsOf(figure, change, 'shrank', context)] : [];
    },
  };
}

interface Change {
  readonly was: number;
  readonly now: number;
  /** (now - was) / was */
  readonly share: number;
}

/** Undefined when a side is not known, or when the two can't be compared. */
function changeOf({ value, isComparable }: ComparedFigure, context: ComparisonContext): Change | undefined {
  const { baseline, current } = context;
  // With identical code every difference in time is noise.
  if (baseline.runtime.codeHash === current.runtime.codeHash) return undefined;
  if (isComparable?.(context) === false) return undefined;
  const was = value(baseline);
  const now = value(current);
  if (was === undefined || now === undefined || was <= 0) return undefined;
  return { was, now, share: (now - was) / was };
}

function detailsOf(
  { what, format }: ComparedFigure,
  { was, now, share }: Change,
  verb: 'grew' | 'shrank',
  { current }: ComparisonContext,
): FindingDetails {
  const change = `${verb} by ${formatRatio(Math.abs(share))} since the baseline`;
  return { message: `${what} ${change}: ${format(was, current)} to ${format(now, current)}.`, data: { was, now } };
}
