/** Compares two runtimes: two blobs, two JSON reports, or one of each. */
import type { BaselineIs } from '../model/baseline-is.ts';
import { type Comparison, compareReports } from '../model/comparison.ts';
import type { Finding, Report } from '../model/report.ts';
import type { RuntimeBlob } from '../runtime/blob.ts';
import { type NamedBaseline, readBlobOrReport } from './baseline.ts';
import type { CheckInputs } from './check-plan.ts';
import type { CheckSettings } from './check-settings.ts';
import { concludeWith } from './conclude.ts';
import { judgedByTeam } from './judged-by-team.ts';
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

/** What is known about one of the runtimes. */
export type CompareInput =
  | {
      /** Of a blob in any container, or of a JSON report. */
      readonly path: string;
      /** If it is about the blob in the file, its vote, times and memory count. */
      readonly report?: Report;
    }
  /** The blob is gone. */
  | { readonly path?: undefined; readonly report: Report };

interface Side {
  readonly report: Report;
  /** Absent when only a report is known. */
  readonly blob?: RuntimeBlob;
}

/**
 * The newer report has the findings of the comparison. Inspects blobs and runs no worker. Rejects with `ConfigError`, or the
 * signal's reason.
 */
export async function compareFiles(
  older: CompareInput,
  newer: CompareInput,
  given: CompareOptions,
): Promise<Comparison> {
  // `pvf.json` may name a baseline, but here the older runtime is the one.
  const { baseline: _, baselineIs: _is, ...settings } = given.settings;
  const options = { ...given, settings };
  const { signal } = options;
  const inputs = await options.session.loadInputs(settings, signal);
  const side = await readSide(older, inputs, options);
  const baseline = await baselineOf(older, side, inputs, options);
  const { report } = await readSide(newer, { ...inputs, baseline }, options);
  return compareReports(side.report, report, report.metadata?.changes);
}

async function readSide(
  { path, report: known }: CompareInput,
  inputs: CheckInputs,
  { session, settings, signal }: CompareOptions,
): Promise<Side> {
  if (path === undefined) return { report: withComparison(known, inputs) };
  const read = await readBlobOrReport(path, 'runtime', signal);
  if (read.kind === 'report') return { report: withComparison(read.report, inputs) };
  const { blob } = read;
  const { report } = await session.checkBlob(blob, { kind: 'inspect', settings, inputs }, { signal });
  return { report: known === undefined ? report : withPreparation(report, known), blob };
}

async function baselineOf(
  { path }: CompareInput,
  { report, blob }: Side,
  { readMetadata: isWanted, profile }: CheckInputs,
  { session, signal, baselineIs: is }: CompareOptions,
): Promise<NamedBaseline> {
  const { runtime, stats } = report;
  const { bombLimit } = profile;
  const metadataResult = blob && isWanted && (await session.metadata(blob, { bombLimit, signal }));
  return {
    is,
    name: path ?? runtime.path,
    runtime,
    ...(stats && { stats }),
    ...(metadataResult && { metadataResult }),
  };
}

/** Replaces the findings of the comparison that the report was made with. */
export function withComparison(report: Report, inputs: CheckInputs): Report {
  const { baseline } = inputs;
  if (baseline === undefined) return report;
  return withFindings(report, judgedByTeam(runRules(rules.comparison, { baseline, current: report }), inputs));
}

/** The report of a preparation of the same code, with what the inspection of a comparison adds to it. */
function withPreparation(inspected: Report, known: Report): Report {
  const { runtime, sizes, metadata } = inspected;
  if (known.runtime.codeHash !== runtime.codeHash || known.outcome === undefined) return inspected;
  const report = { ...known, ...(sizes && { sizes }), ...(metadata && { metadata }) };
  return withFindings(report, inspected.findings.filter(isOfComparison));
}

function withFindings(report: Report, found: readonly Finding[]): Report {
  const own = report.findings.filter((finding) => !isOfComparison(finding));
  return { ...report, findings: [...own, ...found], conclusion: concludeWith(report.conclusion, found) };
}

function isOfComparison({ id }: Finding): boolean {
  return rules.comparison.some((rule) => rule.id === id);
}
