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
    const executorParams = [{ tag: 'PrecheckingMaxMemory', value: 2n ** 31n }] as const;
    const changes = profileChanges(small, { ...large, upgradeDelay: 600, executorParams });
    assert.deepEqual(
      changes.map(({ label, was, now }) => [label, was.split(' (')[0], now.split(' (')[0]]),
      [
        ['Code size', '3.00 MiB', '5.00 MiB'],
        ['Raw code size', '30.00 MiB', '50.00 MiB'],
        ['Memory', 'no limit', '2.00 GiB'],
        ['Upgrade delay', 'not known', '600 blocks, about 1 h'],
        ['Executor params', 'none: all have their defaults', 'PrecheckingMaxMemory=2147483648'],
      ],
    );
  });

  it('ignores the order of executor params', () => {
    const a = { tag: 'PrecheckingMaxMemory', value: 1n } as const;
    const b = { tag: 'MaxMemoryPages', value: 8192 } as const;
    assert.deepEqual(profileChanges({ ...small, executorParams: [a, b] }, { ...small, executorParams: [b, a] }), []);
  });

  it('has what each scheduled change brings', () => {
    const { maxCodeSize } = large;
    const pending = [
      { ...small, maxCodeSize, fromSession: 12_345 },
      { ...small, maxCodeSize },
    ];
    const [change, ...others] = profileChanges(small, { ...small, pending });
    assert.equal(change?.label, 'Code size, from session 12 345');
    assert.deepEqual(others, []);
  });

  it('has no scheduled change that was known, and each that is gone', () => {
    const pending = [{ ...small, maxCodeSize: large.maxCodeSize, fromSession: 12_345 }];
    const scheduled = { ...small, pending };
    assert.deepEqual(profileChanges(scheduled, { ...scheduled, pending: [...pending] }), []);
    const [gone, ...others] = profileChanges(scheduled, small);
    assert.match(gone?.was ?? '', /^5\.00 MiB/);
    assert.equal(gone?.now, 'no longer scheduled');
    assert.deepEqual(others, []);
    const later = { ...scheduled, pending: [{ ...small, maxCodeSize: small.maxCodeSize * 3, fromSession: 12_345 }] };
    assert.match(profileChanges(scheduled, later)[0]?.now ?? '', /^9\.00 MiB/);
  });
});
