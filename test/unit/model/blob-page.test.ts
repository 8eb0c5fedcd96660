import assert from 'node:assert/strict';
import { type FromBlobPage, parseFromBlobPage } from '../../../src/model/blob-page.ts';

describe('parseFromBlobPage', () => {
  const messages: readonly FromBlobPage[] = [
    { kind: 'ready' },
    { kind: 'copy-hash' },
    { kind: 'prepare' },
    { kind: 'show-sizes' },
    { kind: 'open-source', crate: 'pallet_xcm' },
    { kind: 'choose-code', value: '1161532' },
    { kind: 'explain', findingId: 'not-compressed' },
    { kind: 'error', message: 'it failed' },
  ];
  for (const message of messages) {
    it(`reads ${message.kind}, without other members`, () => {
      assert.deepEqual(parseFromBlobPage({ ...message, more: 1 }), message);
    });
  }

  it('reads nothing else', () => {
    const others = [
      undefined,
      null,
      7,
      'ready',
      {},
      { kind: 'run' },
      { kind: 'explain' },
      { kind: 'open-source', crate: ['pallet_xcm'] },
      { kind: 'explain', findingId: 7 },
      { kind: 'choose-code', value: 'x'.repeat(100_000) },
    ];
    for (const value of others) assert.equal(parseFromBlobPage(value), undefined);
  });
});
