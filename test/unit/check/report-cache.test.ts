import assert from 'node:assert/strict';
import { summarizeOutcome } from '../../../src/check/outcome-summary.ts';
import { isCacheable, ReportCache } from '../../../src/check/report-cache.ts';
import { voteOf } from '../../../src/check/vote.ts';
import type { OutcomeKind } from '../../../src/model/outcome-table.ts';
import type { Report } from '../../../src/model/report.ts';
import type { PrepareError } from '../../../src/polkadot/prepare-error.ts';
import type { Outcome } from '../../../src/worker/host/outcome.ts';
import { sampleReports } from '../../support/sample-reports.ts';
import { outcomeList, prepareErrorList } from './outcomes.ts';

const { accepted, inspected } = sampleReports;

describe('ReportCache', () => {
  it('drops the least recently used report first', () => {
    const cache = new ReportCache();
    const keys = Array.from({ length: 64 }, (_, index) => `key ${index}`);
    for (const key of keys) cache.add(key, accepted);
    assert.equal(cache.find('key 0'), accepted);
    cache.add('one more', accepted);
    assert.equal(cache.find('key 0'), accepted);
    assert.equal(cache.find('key 1'), undefined);
    assert.equal(cache.find('one more'), accepted);
  });

  it('does not store a report that may differ next time', () => {
    const cache = new ReportCache();
    cache.add('key', { ...accepted, outcome: { kind: 'job-died' } });
    assert.equal(cache.find('key'), undefined);
  });
});

describe('isCacheable', () => {
  const reportOf = (outcome: Outcome): Report => ({
    ...accepted,
    outcome: summarizeOutcome(outcome),
    vote: voteOf(outcome).vote,
  });

  const cacheable: readonly OutcomeKind[] = ['concluded', 'out-of-memory'];
  for (const outcome of outcomeList) {
    it(`returns ${cacheable.includes(outcome.kind)} for the outcome ${outcome.kind}`, () =>
      assert.equal(isCacheable(reportOf(outcome)), cacheable.includes(outcome.kind)));
  }

  const machineErrors: readonly PrepareError['tag'][] = [
    'IoErr',
    'CreateTmpFile',
    'RenameTmpFile',
    'ClearWorkerDir',
    'JobDied',
    'Kernel',
  ];
  for (const error of prepareErrorList) {
    it(`returns ${!machineErrors.includes(error.tag)} for the prepare error ${error.tag}`, () =>
      assert.equal(isCacheable(reportOf({ kind: 'concluded', error })), !machineErrors.includes(error.tag)));
  }

  it('returns true for an inspection', () => assert(isCacheable(inspected)));
});
