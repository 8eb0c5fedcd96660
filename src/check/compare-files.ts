/** Compares two runtimes: two blobs, two JSON reports, or one of each. */
import type { BaselineIs } from '../model/baseline-is.ts';
import { type Comparison, compareReports } from '../model/comparison.ts';
import type { Report } from '../model/report.ts';
import type { RuntimeBlob } from '../runtime/blob.ts';
import { readMetadata } from '../runtime/metadata/read-metadata.ts';
import { markAllowed } from './allow.ts';
import { type NamedBaseline, readBlobOrReport } from './baseline.ts';
import { type CheckInputs, loadInputs } from './check-plan.ts';
import type { CheckSettings } from './check-settings.ts';
import { concludeWith } from './conclude.ts';
import { rules } from './rules/index.ts';
import { runRules } from './rules/run.ts';
import type { CheckSession } from './session.ts';

export interface CompareOptions {
  readonly session: CheckSession;
  readonly settings: CheckSettings;
  /** What the older runtime is. */
  readonly baselineIs: BaselineIs;
  readonly signal: AbortSignal;
}

/** One side of a comparison. */
interface Side {
  readonly report: Report;
  /** Absent for a JSON report. */
  readonly blob?: RuntimeBlob;
}

/**
 * The newer report has the findings of the comparison. Inspects blobs and runs no worker. Rejects with `ConfigError`, or the
 * signal's reason.
 */
export async function compareFiles(older: string, newer: string, options: CompareOptions): Promise<Comparison> {
  const { settings, signal, baselineIs } = options;
  const inputs = await loadInputs(settings, { signal });
  const side = await readSide(older, inputs, options);
  const baseline = await baselineOf(older, side, baselineIs, inputs, signal);
  const { report } = await readSide(newer, { ...inputs, baseline }, options);
  return compareReports(side.report, report, report.metadata?.changes);
}

async function readSide(
  path: string,
  inputs: CheckInputs,
  { session, settings, signal }: CompareOptions,
): Promise<Side> {
  const read = await readBlobOrReport(path, 'runtime', signal);
  if (read.kind === 'report') return { report: withComparison(read.report, inputs) };
  const { blob } = read;
  const { report } = await session.checkBlob(blob, { kind: 'inspect', settings, inputs }, { signal });
  return { report, blob };
}

async function baselineOf(
  name: string,
  { report, blob }: Side,
  is: BaselineIs,
  { readMetadata: isWanted, profile }: CheckInputs,
  signal: AbortSignal,
): Promise<NamedBaseline> {
  const { runtime, stats } = report;
  const { bombLimit } = profile;
  const metadataResult = blob && isWanted && (await readMetadata(blob.stored, { bombLimit, signal }));
  return { is, name, runtime, ...(stats && { stats }), ...(metadataResult && { metadataResult }) };
}

/** Replaces the findings of the comparison that the report was made with. */
function withComparison(report: Report, { baseline, allow }: CheckInputs): Report {
  if (baseline === undefined) return report;
  const ids = new Set(rules.comparison.map(({ id }) => id));
  const own = report.findings.filter(({ id }) => !ids.has(id));
  const found = markAllowed(runRules(rules.comparison, { baseline, current: report }), allow);
  return { ...report, findings: [...own, ...found], conclusion: concludeWith(report.conclusion, found) };
}
