import assert from 'node:assert/strict';
import { parseItemPath } from '../../../../../src/editor/discovery/sources/item-path.ts';

describe('parseItemPath', () => {
  const cases = [
    ['pallet_balances', { crate: 'pallet_balances', path: [] }],
    ['pallet_x::pallet::Pallet<T>::do_thing', { crate: 'pallet_x', path: ['pallet', 'Pallet'], item: 'do_thing' }],
    [
      'pallet_x::pallet::Pallet<T,I>::do_thing::{{closure}}',
      { crate: 'pallet_x', path: ['pallet', 'Pallet'], item: 'do_thing' },
    ],
    [
      '<pallet_x::pallet::Call<T> as frame_support::traits::UnfilteredDispatchable>::dispatch',
      { crate: 'pallet_x', path: ['pallet', 'Call'], item: 'dispatch' },
    ],
    ['<&mut pallet_x::Item as core::fmt::Debug>::fmt', { crate: 'pallet_x', path: ['Item'], item: 'fmt' }],
    ['<pallet_x::Item>::new', { crate: 'pallet_x', path: ['Item'], item: 'new' }],
    ['alloc::vec::Vec<T,A>::retain::<fn(&T) -> bool>', { crate: 'alloc', path: ['vec', 'Vec'], item: 'retain' }],
    ['core::ptr::drop_in_place<alloc::vec::Vec<u8>>', { crate: 'core', path: ['ptr'], item: 'drop_in_place' }],
  ] as const;
  for (const [text, expected] of cases) it(`reads ${text}`, () => assert.deepEqual(parseItemPath(text), expected));

  it('finds no crate in other texts', () => {
    for (const text of ['', '{{closure}}', '<[u8] as core::fmt::Debug>', '12', '<<<<<<<', '::']) {
      assert.doesNotThrow(() => parseItemPath(text));
    }
    assert.equal(parseItemPath(''), undefined);
    assert.equal(parseItemPath('{{closure}}'), undefined);
    assert.equal(parseItemPath('<'.repeat(100_000)), undefined);
  });
});
