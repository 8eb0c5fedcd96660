import assert from 'node:assert/strict';
import { dayAge, profileDetail, profileName } from '../../../../src/editor/views/profile-text.ts';
import { builtInProfiles } from '../../../../src/limits/profile.ts';
import { isOldProfile } from '../../../../src/model/profile-summary.ts';
import { english, now } from './samples.ts';

const [profile] = builtInProfiles;
assert.ok(profile);

describe('dayAge', () => {
  const ages: Readonly<Record<string, string>> = {
    '2026-11-24': 'today',
    '2026-11-23': 'yesterday',
    '2026-11-12': '12 days ago',
    '2027-01-01': '2027-01-01',
    someday: 'someday',
  };
  for (const [day, age] of Object.entries(ages)) {
    it(`of ${day} is ${age}`, () => assert.equal(dayAge(day, now, english), age));
  }

  it('is old after a month', () => {
    assert.ok(isOldProfile('2026-10-20', now));
    assert.ok(!isOldProfile('2026-11-01', now));
    assert.ok(!isOldProfile('someday', now));
  });
});

describe('a profile in the picker', () => {
  it('is named by its file', () => {
    const place = { kind: 'workspace', path: '/w/.pvf/profiles/paseo.json', workspaceFolder: '/w' } as const;
    assert.equal(profileName({ value: place.path, place, profile }), 'paseo');
    assert.equal(profileName({ value: 'relay-3mib', place: { kind: 'built-in' }, profile }), 'relay-3mib');
  });

  it('tells its code size, age, block and source', () => {
    assert.match(profileDetail(profile, now, english), /^3\.00 MiB of code, read yesterday: polkadot-primitives 24/);
    const read = { ...profile, block: { number: 29_112_345, hash: `0x${'0'.repeat(64)}` } };
    assert.match(profileDetail(read, now, english), /read yesterday at block 29 112 345: /);
  });
});
