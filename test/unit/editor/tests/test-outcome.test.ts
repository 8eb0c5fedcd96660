import assert from 'node:assert/strict';
import { ruleInfos } from '../../../../src/check/rules/index.ts';
import { uncheckedState } from '../../../../src/editor/model.ts';
import { testOutcome } from '../../../../src/editor/tests/test-outcome.ts';
import type { Report } from '../../../../src/model/report.ts';
import { accepted, overLimit, rejected, undecided } from '../../../support/sample-reports.ts';
import { checked, runtime } from '../views/samples.ts';

const outcomeOf = (report: Report) =>
  testOutcome({ kind: 'checked', state: checked(report), fromCache: false }, runtime, ruleInfos);

describe('testOutcome', () => {
  it('passes with the time of the preparation', () => {
    assert.deepEqual(outcomeOf(accepted), { kind: 'passed', durationMs: accepted.stats?.wallTimeMs });
  });

  it('fails with the conclusion, then each error at its place', () => {
    for (const report of [rejected, overLimit]) {
      const outcome = outcomeOf(report);
      assert.equal(outcome.kind, 'failed');
      if (outcome.kind !== 'failed') continue;
      const [first, ...rest] = outcome.problems;
      assert.equal(first?.text, report.conclusion.reason);
      assert.equal(first.place, 'manifest');
      const errors = report.findings.filter(({ severity }) => severity === 'error');
      assert.ok(errors.length > 0);
      assert.deepEqual(
        rest.map(({ text }) => text.split(':')[0]),
        errors.map(({ id }) => id),
      );
    }
  });

  it('leaves out warnings and allowed errors', () => {
    const findings = overLimit.findings.map((finding) => ({ ...finding, allowed: true as const }));
    const outcome = outcomeOf({ ...overLimit, findings });
    assert.equal(outcome.kind === 'failed' && outcome.problems.length, 1);
  });

  it('errors when nothing was decided', () => {
    const outcome = outcomeOf(undecided);
    assert.equal(outcome.kind, 'errored');
    assert.equal(outcome.kind === 'errored' && outcome.text, undecided.conclusion.reason);
    const problem = { message: 'The file is gone.', remedy: 'Build it.' };
    const failed = testOutcome(
      { kind: 'checked', state: { ...uncheckedState, problem }, fromCache: false },
      runtime,
      ruleInfos,
    );
    assert.deepEqual(failed, { kind: 'errored', text: 'The file is gone. Build it.' });
  });

  it('skips a cancelled check', () => {
    assert.deepEqual(testOutcome({ kind: 'cancelled', why: 'user' }, runtime, ruleInfos), { kind: 'skipped' });
  });
});
