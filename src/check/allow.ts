/** Errors that the user allows (`--allow`, `pvf.allow`), so that they do not fail the check. */
import { closestWords } from '../base/closest.ts';
import { ConfigError } from '../limits/json-file.ts';
import type { Finding } from '../model/report.ts';
import { allowRefusals } from '../model/rule-info.ts';
import { ruleInfos } from './rules/index.ts';

/**
 * Throws `ConfigError` for an id of no finding, and for a finding that can't be allowed.
 * @param where the option or the member, for messages
 */
export function parseAllowed(ids: readonly string[], where = '--allow, pvf.allow'): readonly string[] {
  const known = ruleInfos.filter(({ about }) => allowRefusals[about] === undefined).map(({ id }) => id);
  for (const id of ids) {
    if (known.includes(id)) continue;
    const about = ruleInfos.find((rule) => rule.id === id)?.about;
    const refusal = about && allowRefusals[about];
    const close = closestWords(id, known);
    const advice = close.length === 0 ? '' : ` Did you mean ${close.join(' or ')}?`;
    const problem =
      refusal === undefined ? `there is no finding "${id}".${advice}` : `"${id}" can't be allowed: ${refusal}`;
    throw new ConfigError(`${where}: ${problem} These can be allowed: ${known.join(', ')}.`);
  }
  return ids;
}

/** Marks the errors with one of these ids. */
export function markAllowed(findings: readonly Finding[], ids: readonly string[] = []): Finding[] {
  return findings.map((finding) =>
    finding.severity === 'error' && ids.includes(finding.id) ? { ...finding, allowed: true } : finding,
  );
}
