import assert from 'node:assert/strict';
import { History, type KeptReport } from '../../../../src/editor/core/history.ts';
import { accepted } from '../../../support/sample-reports.ts';

const kept: KeptReport = { report: accepted, file: { bytes: 1, modifiedMs: 2, changedMs: 3, inode: '4:5' } };

/** A history that finds `stored` in the store of the last session. */
function restored(stored: unknown): History {
  return new History({ get: () => stored, update: async () => {} }, (error) => assert.fail(String(error)));
}

describe('the history of another session', () => {
  it('is restored', () => {
    assert.deepEqual(restored([['a', { last: kept, previous: kept }]]).get('a'), { last: kept, previous: kept });
  });

  it('leaves out reports of another schema version, and no others', () => {
    const newer = { ...kept, report: { ...accepted, schemaVersion: 2 } };
    const history = restored([
      ['newer', { last: newer }],
      ['ours', { last: kept }],
    ]);
    assert.equal(history.get('newer'), undefined);
    assert.deepEqual(history.get('ours'), { last: kept });
  });

  for (const stored of [undefined, null, 'text', {}, [null], ['a'], [['a']], [['a', null]], [['a', { last: 7 }]]]) {
    it(`is empty where the store holds ${JSON.stringify(stored)}`, () => {
      assert.equal(restored(stored).get('a'), undefined);
    });
  }
});
