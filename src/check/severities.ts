/** The severities that a team gives to findings (`findings` in `pvf.json`). */
import { closestWords } from '../base/closest.ts';
import { ConfigError } from '../limits/json-file.ts';
import type { Finding } from '../model/report.ts';
import { allowRefusals, type RuleInfo } from '../model/rule-info.ts';
import { type Severity, severities } from '../model/severity.ts';
import { ruleInfos } from './rules/index.ts';

/** `off`: the finding is left out. */
export type TeamSeverity = Severity | 'off';

/** By the id of the finding. */
export type Severities = Readonly<Record<string, TeamSeverity>>;

/** The most severe first. */
export const teamSeverities: readonly TeamSeverity[] = [...severities, 'off'];

/**
 * Why a team can't give the severity to the findings of a rule. Undefined: it can. An outcome decides the vote, and an exceeded
 * limit is an error, whatever a team thinks of it.
 */
export function severityRefusal({ about, severity }: RuleInfo, wanted: TeamSeverity): string | undefined {
  if (about === 'outcome') return allowRefusals.outcome;
  return severity === 'error' && wanted !== 'error' ? allowRefusals[about] : undefined;
}

/** Throws `ConfigError`. @param where the file and the member, for messages */
export function checkSeverities(wanted: Severities, where: string): void {
  for (const [id, severity] of Object.entries(wanted)) {
    const rule = ruleInfos.find((one) => one.id === id);
    if (rule === undefined) throw new ConfigError(`${where}: there is no finding "${id}".${closeIds(id)}`);
    const refusal = severityRefusal(rule, severity);
    if (refusal !== undefined) throw new ConfigError(`${where}: "${id}" can't be ${severity}: ${refusal}`);
  }
}

/** A sentence with the ids that the user may have meant, for after a sentence. */
export function closeIds(id: string, ids: readonly string[] = ruleInfos.map((rule) => rule.id)): string {
  const close = closestWords(id, ids);
  return close.length === 0 ? ' docs/findings.md lists all findings.' : ` Did you mean ${close.join(' or ')}?`;
}

/** Gives each finding the severity that the team chose. A mild case of a rule stays milder than the rule. */
export function withSeverities(findings: readonly Finding[], wanted: Severities = {}): Finding[] {
  return findings.flatMap((finding) => {
    const severity = Object.hasOwn(wanted, finding.id) ? wanted[finding.id] : undefined;
    if (severity === undefined) return [finding];
    if (severity === 'off') return [];
    const isMild = finding.severity !== ruleInfos.find(({ id }) => id === finding.id)?.severity;
    return [{ ...finding, severity: isMild ? milder(severity, finding.severity) : severity }];
  });
}

function milder(a: Severity, b: Severity): Severity {
  return severities.indexOf(a) > severities.indexOf(b) ? a : b;
}
