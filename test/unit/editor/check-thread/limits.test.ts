import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ChainError, type ChainReader } from '../../../../src/chain/chain-reader.ts';
import { fetchLimits, listProfiles, saveFetched } from '../../../../src/editor/check-thread/limits.ts';
import { builtInProfiles, type Profile } from '../../../../src/limits/profile.ts';

const [small] = builtInProfiles;
assert.ok(small);
const block = { number: 42, hash: `0x${'ab'.repeat(32)}` };
const fetched: Profile = {
  ...small,
  name: 'testchain',
  chain: 'testchain',
  maxCodeSize: 4 * 1024 * 1024,
  bombLimit: 40 * 1024 * 1024,
  executorParams: [{ tag: 'PrecheckingMaxMemory', value: 2n ** 31n }],
  rpc: 'ws://127.0.0.1:9944/',
  block,
};

describe('the limits in the check thread', () => {
  let folder = '';
  const workspaceFolder = () => path.join(folder, 'chain');
  const place = () => ({ platform: 'linux' as const, env: {}, homeFolder: path.join(folder, 'home') });
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'pvf-limits-'));
    mkdirSync(workspaceFolder());
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const list = (...named: string[]) => listProfiles({ workspaceFolders: [workspaceFolder()], named }, place());

  it('lists the built-in profiles', async () => {
    const { known, problems } = await list('relay-3mib');
    assert.deepEqual(
      known.map(({ value }) => value),
      builtInProfiles.map(({ name }) => name),
    );
    assert.deepEqual(problems, []);
  });

  it('saves a profile in the workspace or for the user, and lists it', async () => {
    const inWorkspace = await saveFetched({ profile: fetched, workspaceFolder: workspaceFolder() }, place());
    assert.equal(inWorkspace, path.join(workspaceFolder(), '.pvf/profiles/testchain.json'));
    await saveFetched({ profile: fetched }, place());
    const { known } = await list();
    const saved = known.filter((one) => one.place.kind !== 'built-in');
    assert.deepEqual(
      saved.map(({ value, place: { kind } }) => [value, kind]),
      [
        [inWorkspace, 'workspace'],
        ['testchain', 'user'],
      ],
    );
    for (const { profile } of saved) assert.deepEqual(profile, fetched);
  });

  it('tells why a file is no profile', async () => {
    mkdirSync(path.join(workspaceFolder(), '.pvf/profiles'), { recursive: true });
    writeFileSync(path.join(workspaceFolder(), '.pvf/profiles/broken.json'), '{');
    const { known, problems } = await list(path.join(folder, 'gone.json'));
    assert.equal(known.length, builtInProfiles.length);
    assert.equal(problems.length, 2);
    assert.match(problems[0] ?? '', /broken\.json.*not JSON/);
    assert.match(problems[1] ?? '', /gone\.json.*does not exist/);
  });

  it('saves nothing through a link that leads out of the workspace', async () => {
    for (const link of ['.pvf', '.pvf/profiles']) {
      const outside = path.join(folder, 'outside');
      mkdirSync(outside, { recursive: true });
      rmSync(path.join(workspaceFolder(), '.pvf'), { recursive: true, force: true });
      mkdirSync(path.dirname(path.join(workspaceFolder(), link)), { recursive: true });
      symlinkSync(outside, path.join(workspaceFolder(), link));
      await assert.rejects(saveFetched({ profile: fetched, workspaceFolder: workspaceFolder() }, place()), /leads out/);
      assert.ok(!existsSync(path.join(outside, 'testchain.json')) && !existsSync(path.join(outside, 'profiles')));
    }
  });

  it('replaces only a profile of the same chain', async () => {
    const file = await saveFetched({ profile: fetched, workspaceFolder: workspaceFolder() }, place());
    await saveFetched(
      { profile: { ...fetched, maxCodeSize: 5, bombLimit: 50 }, workspaceFolder: workspaceFolder() },
      place(),
    );
    assert.equal(JSON.parse(readFileSync(file, 'utf8')).maxCodeSize, 5);
    writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), chain: 'other' }));
    await assert.rejects(
      saveFetched({ profile: fetched, workspaceFolder: workspaceFolder() }, place()),
      /not replaced/,
    );
  });

  it('reads the limits of a chain, says what differs, and closes the connection', async () => {
    let closed = 0;
    const chain = {
      limits: async () => fetched,
      [Symbol.asyncDispose]: async () => {
        closed += 1;
      },
    } as unknown as ChainReader;
    const { signal } = new AbortController();
    const openChain = async () => chain;
    const params = { url: 'ws://127.0.0.1:9944', against: 'relay-3mib' };
    const result = await fetchLimits(params, { openChain, place: place(), signal });
    assert.equal(result.profile, fetched);
    assert.deepEqual(
      result.changes?.map(({ label }) => label),
      ['Code size', 'Raw code size', 'Memory', 'Executor params'],
    );
    assert.equal(closed, 1);
    const other = await fetchLimits({ ...params, against: '/gone.json' }, { openChain, place: place(), signal });
    assert.equal(other.changes, undefined);
  });

  it('rejects with the error of the chain', async () => {
    const openChain = () => Promise.reject(new ChainError('ws://127.0.0.1:1 does not answer.'));
    const { signal } = new AbortController();
    await assert.rejects(
      fetchLimits({ url: 'ws://127.0.0.1:1', against: 'relay-3mib' }, { openChain, place: place(), signal }),
      /does not answer/,
    );
  });
});
