/** The result of a check as that of a test. */
import type { Report } from '../../model/report.ts';
import type { RuleInfo } from '../../model/rule-info.ts';
import type { CheckEnd, CheckState, Runtime } from '../model.ts';
import { type Problem, problemsOf } from '../views/problems.ts';

export interface TestProblem {
  readonly text: string;
  readonly place: Problem['place'];
}

/** Durations in milliseconds: of the preparation, not of a cached answer. */
export type TestOutcome =
  | { readonly kind: 'passed'; readonly durationMs?: number }
  | { readonly kind: 'failed'; readonly problems: readonly TestProblem[]; readonly durationMs?: number }
  /** Nothing was decided about the runtime. */
  | { readonly kind: 'errored'; readonly text: string; readonly durationMs?: number }
  | { readonly kind: 'skipped' };

export function testOutcome(end: CheckEnd, runtime: Runtime, rules: readonly RuleInfo[]): TestOutcome {
  if (end.kind === 'cancelled') return { kind: 'skipped' };
  const { report, problem } = end.state;
  if (problem !== undefined || report === undefined) {
    return { kind: 'errored', text: [problem?.message ?? '', problem?.remedy ?? ''].join(' ').trim() };
  }
  const { status, reason } = report.conclusion;
  const duration = report.stats === undefined ? {} : { durationMs: report.stats.wallTimeMs };
  switch (status) {
    case 'pass':
      return { kind: 'passed', ...duration };
    case 'undecided':
      return { kind: 'errored', text: reason, ...duration };
    case 'fail':
      return { kind: 'failed', problems: failuresOf(report, end.state, runtime, rules), ...duration };
  }
}

/** The conclusion at the manifest, then each error at its place in the sources. */
function failuresOf(report: Report, state: CheckState, runtime: Runtime, rules: readonly RuleInfo[]): TestProblem[] {
  const shown: CheckState = { ...state, isCurrent: true };
  const errors = problemsOf(runtime, shown, rules).filter(({ severity }) => severity === 'error');
  return [
    { text: report.conclusion.reason, place: 'manifest' },
    ...errors.map(({ findingId, message, place }) => ({ text: `${findingId}: ${message}`, place })),
  ];
}
