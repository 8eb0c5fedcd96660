import assert from 'node:assert/strict';
import { parseFromPage } from '../../../src/model/view-messages.ts';

describe('parseFromPage', () => {
  for (const message of [
    { kind: 'ready' },
    { kind: 'save' },
    { kind: 'open-source', path: ['pallet_xcm', 'send'] },
    { kind: 'error', message: 'x is undefined' },
  ]) {
    it(`takes ${message.kind}, without more members`, () => {
      assert.deepEqual(parseFromPage({ ...message, extra: 1 }), message);
    });
  }

  for (const value of [
    undefined,
    null,
    'ready',
    [],
    {},
    { kind: 'run' },
    { kind: 'open-source' },
    { kind: 'open-source', path: 'code' },
    { kind: 'open-source', path: [] },
    { kind: 'open-source', path: ['pallet_xcm', 7] },
    { kind: 'open-source', path: Array(65).fill('x') },
    { kind: 'error', message: 'x'.repeat(100_001) },
  ]) {
    it(`refuses ${JSON.stringify(value)?.slice(0, 50)}`, () => assert.equal(parseFromPage(value), undefined));
  }
});
