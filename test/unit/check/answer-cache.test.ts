import assert from 'node:assert/strict';
import { AnswerCache, isRepeatable } from '../../../src/check/answer-cache.ts';
import { summarizeOutcome } from '../../../src/check/outcome-summary.ts';
import { verdictOf } from '../../../src/check/verdict.ts';
import type { OutcomeKind } from '../../../src/model/outcome-table.ts';
import type { Report } from '../../../src/model/report.ts';
import type { PrepareError } from '../../../src/polkadot/prepare-error.ts';
import type { Outcome } from '../../../src/worker/host/outcome.ts';
import { sampleReports } from '../../support/sample-reports.ts';
import { outcomeList, prepareErrorList } from './outcomes.ts';

const { accepted, inspected } = sampleReports;

describe('AnswerCache', () => {
  it('forgets the least recently used report first', () => {
    const cache = new AnswerCache();
    const keys = Array.from({ length: 64 }, (_, index) => `key ${index}`);
    for (const key of keys) cache.addIfRepeatable(key, accepted);
    assert.equal(cache.find('key 0'), accepted);
    cache.addIfRepeatable('one more', accepted);
    assert.equal(cache.find('key 0'), accepted);
    assert.equal(cache.find('key 1'), undefined);
    assert.equal(cache.find('one more'), accepted);
  });

  it('does not keep what may have another answer next time', () => {
    const cache = new AnswerCache();
    cache.addIfRepeatable('key', { ...accepted, outcome: { kind: 'job-died' } });
    assert.equal(cache.find('key'), undefined);
  });
});

describe('isRepeatable', () => {
  const reportOf = (outcome: Outcome): Report => ({
    ...accepted,
    outcome: summarizeOutcome(outcome),
    verdict: verdictOf(outcome),
  });

  const repeatable: readonly OutcomeKind[] = ['concluded', 'out-of-memory'];
  for (const outcome of outcomeList) {
    it(`is ${repeatable.includes(outcome.kind)} for the outcome ${outcome.kind}`, () =>
      assert.equal(isRepeatable(reportOf(outcome)), repeatable.includes(outcome.kind)));
  }

  const ofTheMachine: readonly PrepareError['tag'][] = [
    'IoErr',
    'CreateTmpFile',
    'RenameTmpFile',
    'ClearWorkerDir',
    'JobDied',
    'Kernel',
  ];
  for (const error of prepareErrorList) {
    it(`is ${!ofTheMachine.includes(error.tag)} for the prepare error ${error.tag}`, () =>
      assert.equal(isRepeatable(reportOf({ kind: 'concluded', error })), !ofTheMachine.includes(error.tag)));
  }

  it('is true for an inspection', () => assert(isRepeatable(inspected)));
});
