import { conclude } from '../../src/check/conclude.ts';
import type { Voted } from '../../src/check/vote.ts';
import type { Report } from '../../src/model/report.ts';

/** Adds the conclusion. If the vote is not "accept", the first finding is about the outcome. */
export function concluded(report: Omit<Report, 'vote' | 'conclusion'>, voted?: Voted): Report {
  const { findings, stats, limits } = report;
  const ofOutcome = voted === undefined || voted.vote === 'accept' ? 0 : 1;
  const parts = { outcomeFindings: findings.slice(0, ofOutcome), findings: findings.slice(ofOutcome) };
  return {
    ...report,
    vote: voted?.vote ?? 'undecided',
    conclusion: conclude({ voted, ...parts, items: limits.items, pending: limits.pending ?? [], stats }),
  };
}
