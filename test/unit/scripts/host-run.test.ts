import assert from 'node:assert/strict';
import {
  type Ending,
  judge,
  notRun,
  type SuiteResults,
  type TestResult,
} from '../../../scripts/vscode-rig/host-run.ts';

const passed: TestResult = { title: 'a', state: 'passed', ms: 3 };
const failed: TestResult = { title: 'b', state: 'failed', text: 'Error: no' };
const skipped: TestResult = { title: 'c', state: 'skipped', text: 'no worker' };
const results = (...tests: TestResult[]): SuiteResults => ({ host: { vscode: '1.100.0', node: '20.19.0' }, tests });

function counts(ending: Partial<Ending>): { passed: number; failed: number; skipped: number } {
  const { passed, failed, skipped } = judge({ end: { kind: 'exited', code: 0 }, isPicked: false, ...ending });
  return { passed, failed, skipped };
}

describe('judge', () => {
  it('accepts a suite that wrote its results and ended with exit code 0', () => {
    assert.deepEqual(counts({ results: results(passed, passed, skipped) }), { passed: 2, failed: 0, skipped: 1 });
  });

  it('counts a failed test once, although the exit code shows it too', () => {
    const run = judge({ end: { kind: 'exited', code: 1 }, results: results(passed, failed), isPicked: false });
    assert.deepEqual(run.failures, [{ title: 'b', message: 'Error: no' }]);
    assert.deepEqual([run.passed, run.failed], [1, 1]);
  });

  it('reports why a test was skipped', () => {
    const { skips } = judge({ end: { kind: 'exited', code: 0 }, results: results(passed, skipped), isPicked: false });
    assert.deepEqual(skips, [{ title: 'c', reason: 'no worker' }]);
  });

  it('rejects exit code 0 without results, which a killed extension host gives', () => {
    const run = judge({ end: { kind: 'exited', code: 0 }, running: 'a b', isPicked: false });
    assert.equal(run.failed, 1);
    assert.match(run.failures[0]?.message ?? '', /crashed.*while it ran: a b/);
  });

  it('fails a host that hung, before and after its results', () => {
    const end = { kind: 'timed-out', afterMs: 2000 } as const;
    assert.match(judge({ end, isPicked: false }).failures[0]?.message ?? '', /hung.*2 s/);
    const late = judge({ end, results: results(passed, failed), isPicked: false });
    assert.match(late.failures.map(({ message }) => message).join(), /did not end/);
    assert.equal(late.failed, 2);
  });

  it('fails a host that ended with an error after good results', () => {
    assert.deepEqual(counts({ end: { kind: 'exited', code: 7 }, results: results(passed) }), {
      passed: 1,
      failed: 1,
      skipped: 0,
    });
  });

  it('fails a suite without tests unless tests were selected by name', () => {
    assert.equal(counts({ results: results() }).failed, 1);
    assert.equal(counts({ results: results(), isPicked: true }).failed, 0);
  });

  it('fails a suite with only skipped tests unless tests were selected by name', () => {
    assert.equal(counts({ results: results(skipped) }).failed, 1);
    assert.equal(counts({ results: results(skipped), isPicked: true }).failed, 0);
  });
});

describe('notRun', () => {
  it('reports an impossible run as skipped, and as failed in CI', () => {
    assert.deepEqual(notRun('no browser', false).skips, [{ title: 'a real VS Code', reason: 'no browser' }]);
    const inCi = notRun('no browser', true);
    assert.deepEqual([inCi.failed, inCi.skipped, inCi.failures[0]?.message], [1, 0, 'no browser']);
  });
});
