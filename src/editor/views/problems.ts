import type { Finding, Report } from '../../model/report.ts';
import type { RuleInfo } from '../../model/rule-info.ts';
import type { SourcePlace } from '../../model/source-place.ts';
import type { CheckState, Runtime } from '../model.ts';
import { findRule } from '../rules.ts';
import { findingTexts } from './finding-texts.ts';

/** An entry of the Problems view, before its place is looked up in the files. */
export interface Problem {
  readonly findingId: string;
  readonly severity: Finding['severity'];
  readonly message: string;
  readonly place: Exclude<SourcePlace, 'none'>;
  readonly blobPath: string;
}

/**
 * What belongs in the Problems view: errors and warnings that are the runtime's fault. A failure on our side says nothing
 * about the sources, and mere notes would crowd out rustc's. The tree and the report show both.
 */
export function problemsOf(
  runtime: Runtime,
  { report, isCurrent, activity }: CheckState,
  rules: readonly RuleInfo[],
): Problem[] {
  // The last answer is shown while the next check runs; after that, stale problems are hidden.
  if (report === undefined || !(isCurrent || activity.kind === 'running')) return [];
  return report.findings.flatMap((finding) => {
    const place = placeOf(report, findRule(rules, finding.id));
    if (finding.severity === 'information' || place === 'none') return [];
    const { id, severity } = finding;
    return [{ findingId: id, severity, message: messageOf(finding, report), place, blobPath: runtime.blob.path }];
  });
}

function placeOf({ verdict }: Report, rule: RuleInfo | undefined): SourcePlace {
  // Without a verdict the outcome is not the runtime's fault.
  const isOutcome = rule === undefined || rule.about === 'outcome';
  if (isOutcome && verdict.vote === 'undecided') return 'none';
  return rule?.place ?? 'manifest';
}

function messageOf(finding: Finding, report: Report): string {
  const { first, rest } = findingTexts(finding, report);
  return rest === undefined ? first : `${first}\n${rest}`;
}
