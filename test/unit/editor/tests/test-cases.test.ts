import assert from 'node:assert/strict';
import type { KnownProfile, ProfilePlace } from '../../../../src/editor/core/profiles.ts';
import { testCasesOf } from '../../../../src/editor/tests/test-cases.ts';
import { builtInProfiles } from '../../../../src/limits/profile.ts';
import { runtime } from '../views/samples.ts';

const [profile] = builtInProfiles;
assert.ok(profile);
const known = (value: string, place: ProfilePlace): KnownProfile => ({ value, place, profile });
const own = '/home/me/chain/.pvf/profiles/paseo.json';
const list = [
  known('relay-3mib', { kind: 'built-in' }),
  known('relay-5mib', { kind: 'built-in' }),
  known(own, { kind: 'workspace', path: own, workspaceFolder: '/home/me/chain' }),
  known('/other/.pvf/profiles/x.json', {
    kind: 'workspace',
    path: '/other/.pvf/profiles/x.json',
    workspaceFolder: '/other',
  }),
  known('polkadot', { kind: 'user', path: '/home/me/.config/polkadot-pvf/profiles/polkadot.json' }),
];

describe('testCasesOf', () => {
  const profilesOf = (inUse: string) =>
    testCasesOf(runtime, inUse, { known: list }).map((one) => [one.profile, one.isInUse]);

  it('has the profile of the setting first, then the saved ones of the folder and the user', () => {
    assert.deepEqual(profilesOf('relay-3mib'), [
      ['relay-3mib', true],
      [own, false],
      ['polkadot', false],
    ]);
  });

  it('has each profile once, by name or by path', () => {
    assert.deepEqual(profilesOf(own), [
      [own, true],
      ['polkadot', false],
    ]);
    assert.equal(profilesOf('/home/me/.config/polkadot-pvf/profiles/polkadot.json').length, 2);
  });

  it('keeps a profile that can not be read', () => {
    const [first] = testCasesOf(runtime, '/gone.json', { known: list });
    assert.equal(first?.profile, '/gone.json');
    assert.equal(first.known, undefined);
  });

  it('has none for a runtime that is not checked by itself', () => {
    assert.deepEqual(testCasesOf({ ...runtime, isParachain: false }, 'relay-3mib', { known: list }), []);
  });

  it('has unique ids', () => {
    const ids = testCasesOf(runtime, 'relay-3mib', { known: list }).map(({ id }) => id);
    assert.equal(new Set(ids).size, ids.length);
  });
});
