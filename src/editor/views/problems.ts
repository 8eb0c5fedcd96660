/** The entries of the Problems view. */
import type { Finding, Report } from '../../model/report.ts';
import type { RuleInfo } from '../../model/rule-info.ts';
import { type SourcePlace, sourcePlaceOf } from '../../model/source-place.ts';
import { type CheckState, isAutomatic, type Runtime } from '../model.ts';
import { findingTexts, findRule } from './findings.ts';

/** An entry before `PlaceLookup` has found its place in the files. */
export interface Problem {
  readonly findingId: string;
  readonly severity: Finding['severity'];
  readonly message: string;
  readonly place: Exclude<SourcePlace, 'none'>;
  readonly blobPath: string;
}

/**
 * Errors and warnings that the runtime causes. Leaves out local failures, which say nothing about the sources, errors that
 * the user allowed, and notes, which would crowd out those of rustc. The tree and the report show both.
 */
export function problemsOf(
  runtime: Runtime,
  { report, isCurrent, activity }: CheckState,
  rules: readonly RuleInfo[],
): Problem[] {
  // A build or a chain that is not to be shipped as a parachain has no standing errors.
  if (!isAutomatic(runtime)) return [];
  const interim = activity.kind === 'running' ? activity.interim : undefined;
  // The last problems stay while the next check runs. After that, problems of an earlier build are hidden.
  const isShown = report !== undefined && (isCurrent || activity.kind !== 'idle');
  const last = isShown ? report.findings.filter(({ id }) => isPending(id, interim, rules)) : [];
  const toProblems = (of: Report | undefined, findings: readonly Finding[]) =>
    of === undefined ? [] : findings.flatMap((finding) => problemOf(finding, of, runtime, rules));
  return [...toProblems(interim, interim?.findings ?? []), ...toProblems(report, last)];
}

/** Does only the rest of the preparation show whether the blob still has this finding? Always true without an interim report. */
function isPending(findingId: string, interim: Report | undefined, rules: readonly RuleInfo[]): boolean {
  if (interim === undefined) return true;
  switch (findRule(rules, findingId)?.about) {
    case 'blob':
    case 'comparison':
      return false;
    case 'limits':
      return !interim.limits.items.some(({ id }) => findingId.endsWith(`-limit-${id}`));
    // An interim report has no metadata.
    case 'metadata':
    case 'outcome':
    case undefined:
      return true;
  }
}

function problemOf(finding: Finding, report: Report, { blob }: Runtime, rules: readonly RuleInfo[]): Problem[] {
  const { id, severity, allowed = false } = finding;
  const place = sourcePlaceOf(report, findRule(rules, id));
  if (severity === 'information' || allowed || place === 'none') return [];
  const { first, rest } = findingTexts(finding);
  const message = rest === undefined ? first : `${first}\n${rest}`;
  return [{ findingId: id, severity, message, place, blobPath: blob.path }];
}
