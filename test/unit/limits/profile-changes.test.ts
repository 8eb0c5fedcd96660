import assert from 'node:assert/strict';
import { builtInProfiles } from '../../../src/limits/profile.ts';
import { profileChanges } from '../../../src/limits/profile-changes.ts';

const [small, large] = builtInProfiles;
assert.ok(small && large);

describe('profileChanges', () => {
  it('has none between equal profiles', () => {
    assert.deepEqual(profileChanges(small, { ...small, name: 'other', date: '2026-01-01', notes: ['a note'] }), []);
  });

  it('has each value that differs, before and after', () => {
    assert.deepEqual(
      profileChanges(small, { ...large, upgradeDelay: 600, executorParams: [{ tag: 'WasmExtBulkMemory' }] }),
      [
        { label: 'code size', was: '3.00 MiB', now: '5.00 MiB' },
        { label: 'raw code size', was: '30.00 MiB', now: '50.00 MiB' },
        { label: 'executor params', was: 'the defaults', now: 'WasmExtBulkMemory' },
        { label: 'upgrade delay', was: 'not known', now: '600 relay blocks' },
      ],
    );
  });

  it('ignores the order of executor params', () => {
    const a = { tag: 'PrecheckingMaxMemory', value: 1n } as const;
    const b = { tag: 'WasmExtBulkMemory' } as const;
    assert.deepEqual(profileChanges({ ...small, executorParams: [a, b] }, { ...small, executorParams: [b, a] }), []);
  });

  it('has what each scheduled change brings', () => {
    const pending = [
      { ...small, maxCodeSize: large.maxCodeSize, fromSession: 12_345 },
      { ...small, maxCodeSize: large.maxCodeSize },
    ];
    assert.deepEqual(profileChanges(small, { ...small, pending }), [
      { label: 'code size, from session 12 345', was: '3.00 MiB', now: '5.00 MiB' },
    ]);
  });
});
