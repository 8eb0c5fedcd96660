import assert from 'node:assert/strict';
import { ReportMemory, type StoredReport } from '../../../../src/editor/core/report-memory.ts';
import { accepted } from '../../../support/sample-reports.ts';

const sample: StoredReport = { report: accepted, file: { bytes: 1, modifiedMs: 2, changedMs: 3, inode: '4:5' } };

/** A history with the stored value of the last session. */
function restored(stored: unknown): ReportMemory {
  return new ReportMemory({ get: () => stored, update: async () => {} }, (error) => assert.fail(String(error)));
}

describe('ReportMemory', () => {
  it('restores stored reports', () => {
    assert.deepEqual(restored([['a', { last: sample, previous: sample }]]).get('a'), {
      last: sample,
      previous: sample,
    });
  });

  it('leaves out only reports of another schema version', () => {
    const newer = { ...sample, report: { ...accepted, schemaVersion: 2 } };
    const history = restored([
      ['newer', { last: newer }],
      ['ours', { last: sample }],
    ]);
    assert.equal(history.get('newer'), undefined);
    assert.deepEqual(history.get('ours'), { last: sample });
  });

  for (const value of [undefined, null, 'text', {}, [null], ['a'], [['a']], [['a', null]], [['a', { last: 7 }]]]) {
    it(`is empty for the stored value ${JSON.stringify(value)}`, () => {
      assert.equal(restored(value).get('a'), undefined);
    });
  }
});
