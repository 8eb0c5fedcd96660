import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ConfigError } from '../../../src/limits/json-file.ts';
import type { Profile } from '../../../src/limits/profile.ts';
import { loadProfile } from '../../../src/limits/profile-file.ts';
import {
  listSavedProfiles,
  profilesFolder,
  savedProfilePath,
  saveProfile,
} from '../../../src/limits/saved-profiles.ts';

const fetched: Profile = {
  ...{ name: 'a chain', source: 'a test', date: '2026-11-26', chain: 'polkadot', rpc: 'wss://rpc.example.org' },
  ...{ maxCodeSize: 3_000_000, bombLimit: 30_000_000, executorParams: [], pending: [], notes: [] },
};

describe('fetched profiles', () => {
  let root = '';
  let folder = '';
  beforeEach(() => {
    root = mkdtempSync(path.join(tmpdir(), 'pvf-profiles-'));
    folder = path.join(root, 'profiles');
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  it('stand in the configuration folder of the user', () => {
    const place = { platform: 'linux', env: { XDG_CONFIG_HOME: '/config' }, homeFolder: '/home/u' } as const;
    assert.equal(profilesFolder(place), '/config/polkadot-pvf/profiles');
  });

  it('are found by the name of the chain, and listed', async () => {
    const file = await saveProfile(folder, fetched);
    assert.equal(file, path.join(folder, 'polkadot.json'));
    assert.equal(statSync(folder).mode & 0o777, 0o700);
    assert.deepEqual(await loadProfile('polkadot', folder), { ...fetched, name: 'polkadot' });
    const { saved, problems } = await listSavedProfiles(folder);
    assert.deepEqual([saved.map(({ name }) => name), problems], [['polkadot'], []]);
  });

  it('are unknown without a file, with the names that there are', async () => {
    await saveProfile(folder, fetched);
    await assert.rejects(
      loadProfile('kusama', folder),
      /Unknown profile kusama\. Use relay-3mib, relay-5mib, polkadot or/,
    );
    await assert.rejects(loadProfile('polkadot'), /Unknown profile polkadot/);
  });

  it('are replaced by a newer one of the same chain', async () => {
    await saveProfile(folder, fetched);
    await saveProfile(folder, { ...fetched, maxCodeSize: 5_000_000 });
    assert.equal((await loadProfile('polkadot', folder)).maxCodeSize, 5_000_000);
  });

  const others: readonly (readonly [what: string, content: string, says: RegExp])[] = [
    ['no profile', '{"a":1}', /is not replaced, because it is no profile/],
    ['no JSON', 'notes', /is not replaced, because it is no profile/],
    [
      'a profile written by hand',
      JSON.stringify({ name: 'mine', source: 'me', date: '2026-11-26', maxCodeSize: 1, chain: 'polkadot' }),
      /was not fetched from a chain/,
    ],
    [
      'that of another chain',
      JSON.stringify({ name: 'k', source: 'me', date: '2026-11-26', maxCodeSize: 1, chain: 'kusama', rpc: 'ws://k' }),
      /is of the chain kusama/,
    ],
  ];
  for (const [what, content, says] of others) {
    it(`never replace a file that is ${what}`, async () => {
      await saveProfile(folder, fetched);
      const file = path.join(folder, 'polkadot.json');
      writeFileSync(file, content);
      await assert.rejects(saveProfile(folder, fetched), (error: unknown) => {
        assert.ok(error instanceof ConfigError);
        assert.match(error.message, says);
        return true;
      });
      assert.equal(readFileSync(file, 'utf8'), content);
    });
  }

  for (const chain of ['../evil', 'a/b', '', '.hidden', 'con', 'relay-3mib', 'a'.repeat(64), 'a b', 'a\0b']) {
    it(`are not saved under the name ${JSON.stringify(chain.slice(0, 20))}`, async () => {
      assert.equal(savedProfilePath(folder, chain), undefined);
      await assert.rejects(saveProfile(folder, { ...fetched, chain }), /can't be the name of a profile/);
      assert.equal(existsSync(folder), false);
    });
  }

  it('are listed without damaged ones, which are told', async () => {
    await saveProfile(folder, fetched);
    writeFileSync(path.join(folder, 'kusama.json'), '{');
    const { saved, problems } = await listSavedProfiles(folder);
    assert.deepEqual(
      saved.map(({ name }) => name),
      ['polkadot'],
    );
    assert.match(problems.join(), /kusama\.json: the profile is not JSON/);
    assert.deepEqual(await listSavedProfiles(path.join(root, 'none')), { saved: [], problems: [] });
  });
});
