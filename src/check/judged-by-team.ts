import type { Finding } from '../model/report.ts';
import { markAllowed } from './allow.ts';
import type { CheckInputs } from './check-plan.ts';
import { withSeverities } from './severities.ts';

/** The findings as the team sees them: with its severities, and with the errors marked that it allows. */
export function judgedByTeam(
  findings: readonly Finding[],
  { severities, allow }: Pick<CheckInputs, 'severities' | 'allow'>,
): Finding[] {
  return markAllowed(withSeverities(findings, severities), allow);
}
