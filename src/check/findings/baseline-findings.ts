import { formatRatio } from '../../base/units.ts';
import { ConfigError, readJsonObject } from '../../limits/json-file.ts';
import { type Comparable, deltaOf, isSameCode } from '../../model/delta.ts';
import { amountText } from '../../model/figure-text.ts';
import { isEstimated, type Measure, measures } from '../../model/measures.ts';
import type { Finding, Report } from '../../model/report.ts';

/** The members of an earlier report that growth is measured against. */
export type Baseline = Pick<Report, 'runtime' | 'stats' | 'createdAt'>;

/** Reads an earlier JSON report. Rejects with `ConfigError`. */
export async function loadBaseline(path: string): Promise<Baseline> {
  const object = await readJsonObject(path, 'baseline report');
  const report = object as Partial<Report>;
  if (report.schemaVersion !== 1 || typeof report.runtime?.storedBytes !== 'number') {
    throw new ConfigError(`${path}: this is no report of schema version 1; \`pvf prepare --json\` writes one.`);
  }
  return object as unknown as Baseline;
}

/** What changed since the baseline. The peak memory has no finding of its own. */
export function baselineFindings(baseline: Baseline, report: Comparable): Finding[] {
  if (isSameCode(baseline, report)) return [identicalCode];
  return measures.filter(({ kind }) => kind !== 'memory').flatMap((measure) => growth(measure, baseline, report));
}

const identicalCode: Finding = {
  id: 'identical-code',
  severity: 'information',
  message: 'The blob is the same as that of the baseline, byte for byte.',
  hint: 'An upgrade to the same code is refused by the relay chain, and may stall the parachain (cumulus issue 863).',
};

function growth(measure: Measure, baseline: Baseline, report: Comparable): Finding[] {
  const delta = deltaOf(measure, baseline, report);
  if (delta === undefined || delta.direction === 'same') return [];
  const { was, now, direction, share, isNotable } = delta;
  const { id, subject, unit } = measure;
  const estimated = isEstimated(measure, report.stats);
  const [then, today] = [was, now].map((used) => amountText({ used, unit, estimated }));
  return [
    {
      id: `${direction === 'grew' ? 'growth' : 'shrinkage'}-${id}`,
      severity: isNotable ? 'warning' : 'information',
      message: `${subject} ${direction} by ${formatRatio(share)} since the baseline: ${then} to ${today}.`,
      data: { was, now },
    },
  ];
}
