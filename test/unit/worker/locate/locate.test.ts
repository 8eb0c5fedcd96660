import assert from 'node:assert/strict';
import { chmod, mkdir, mkdtemp, realpath, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { WorkerSource } from '../../../../src/model/workers.ts';
import { type LocateRequest, locateWorkers } from '../../../../src/worker/locate/locate.ts';
import type { SearchResult } from '../../../../src/worker/locate/place.ts';
import { builtInParts, installBuiltIn } from '../../../support/built-in.ts';

const NAME = 'polkadot-prepare-worker';

describe('locateWorkers', () => {
  let root: string;
  const at = (...parts: string[]) => path.join(root, ...parts);

  beforeEach(async () => {
    // The result has real paths, and macOS' temporary folder is a link.
    root = await realpath(await mkdtemp(path.join(tmpdir(), 'pvf-locate-')));
  });
  afterEach(() => rm(root, { recursive: true, force: true }));

  /** An executable file, `age` seconds old. */
  async function program(file: string, age = 0): Promise<string> {
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, '#!/bin/sh\n');
    await chmod(file, 0o755);
    const time = new Date(Date.now() - age * 1000);
    await utimes(file, time, time);
    return file;
  }

  function locate(more: Partial<LocateRequest> = {}): Promise<SearchResult> {
    return locateWorkers({
      workspaceFolders: [at('workspace')],
      trustWorkspace: true,
      cwd: at('workspace'),
      homeFolder: at('home'),
      cacheFolder: at('cache'),
      packageFolder: at('package'),
      env: { PATH: [at('bin'), at('sbin')].join(':') },
      platform: 'linux',
      systemFolders: [at('lib')],
      ...more,
    });
  }

  const statesOf = ({ places }: SearchResult, source: WorkerSource) =>
    places.filter((place) => place.source === source).map(({ state }) => state);
  const notesOf = ({ places }: SearchResult, source: WorkerSource) =>
    places.filter((place) => place.source === source).map(({ note }) => note);
  const pathsOf = ({ candidates }: SearchResult) => candidates.map((candidate) => candidate.path);

  it('reports every place when there is no worker', async () => {
    const found = await locate({ wanted: 'mine' });
    assert.deepEqual(found.candidates, []);
    assert.deepEqual(
      found.places.map(({ source, path: where, state }) => [source, where, state]),
      [
        ['setting', at('workspace/mine'), 'missing'],
        ['workspace', at('workspace/target/*', NAME), 'missing'],
        ['beside-polkadot', NAME, 'missing'],
        ['path', NAME, 'missing'],
        ['system', at('lib', NAME), 'missing'],
        ['store', at('cache/workers/*', NAME), 'missing'],
        ['built-in', at('package/dist/portable-worker.cjs'), 'missing'],
      ],
    );
    for (const { note } of found.places) assert.match(note, /^[A-Z].*\.$/);
  });

  it('finds a worker in each place, in search order', async () => {
    const expected = [
      await program(at('mine')),
      await program(at('workspace/target/release', NAME)),
      await program(at('opt', NAME)),
      await program(at('sbin', NAME)),
      await program(at('lib', NAME)),
      await program(at('cache/workers/official-1.25.1-0123456789ab', NAME)),
    ];
    installBuiltIn(at('package'));
    expected.push(at('package/dist/portable-worker.cjs'));
    await program(at('opt/polkadot'));
    await mkdir(at('bin'));
    await symlink(at('opt/polkadot'), at('bin/polkadot'));
    const found = await locate({ wanted: at('mine') });
    assert.deepEqual(pathsOf(found), expected);
    assert.deepEqual(
      found.candidates.map(({ source }) => source),
      ['setting', 'workspace', 'beside-polkadot', 'path', 'system', 'store', 'built-in'],
    );
    assert.ok(found.places.every(({ state }) => state === 'found'));
  });

  it("resolves the requested path from the current folder or the user's home", async () => {
    await program(at('workspace/a/worker'));
    await program(at('home/b/worker'));
    assert.deepEqual(pathsOf(await locate({ wanted: 'a/worker' })), [at('workspace/a/worker')]);
    assert.deepEqual(pathsOf(await locate({ wanted: '~/b/worker' })), [at('home/b/worker')]);
  });

  it('distinguishes a folder, a device, a non-executable file and a dangling path', async () => {
    await mkdir(at('folder'));
    await writeFile(at('plain'), '');
    await symlink(at('loop'), at('loop'));
    const stateOf = async (wanted: string) => statesOf(await locate({ wanted }), 'setting')[0];
    assert.equal(await stateOf(at('folder')), 'not-a-file');
    assert.equal(await stateOf('/dev/null'), 'not-a-file');
    assert.equal(await stateOf(at('plain')), 'not-executable');
    assert.equal(await stateOf(at('plain/below')), 'missing');
    assert.equal(await stateOf(at('loop')), 'not-looked-at');
    assert.match(notesOf(await locate({ wanted: at('loop') }), 'setting')[0] ?? '', /ELOOP/);
  });

  it("prefers the workspace's newest worker, with a debug build last", async () => {
    await program(at('workspace/target/release', NAME), 30);
    await program(at('workspace/target/production', NAME), 10);
    await program(at('workspace/target/testnet', NAME), 20);
    await program(at('workspace/target/debug', NAME), 0);
    await mkdir(at('workspace/target/wasm32-unknown-unknown/release'), { recursive: true });
    const found = await locate();
    const folders = pathsOf(found).map((file) => path.basename(path.dirname(file)));
    assert.deepEqual(folders, ['production', 'testnet', 'release', 'debug']);
    assert.match(notesOf(found, 'workspace').at(-1) ?? '', /debug build/);
  });

  it('skips an untrusted workspace and its folders on PATH', async () => {
    await program(at('workspace/target/release', NAME));
    await program(at('workspace/tools', NAME));
    const env = { PATH: [at('workspace/tools'), 'tools', '', at('bin')].join(':') };
    const found = await locate({ trustWorkspace: false, env });
    assert.deepEqual(found.candidates, []);
    assert.deepEqual(statesOf(found, 'workspace'), ['not-trusted']);
    assert.deepEqual(statesOf(found, 'path'), ['not-looked-at', 'not-looked-at', 'not-trusted', 'missing']);
    for (const { path: where, note } of found.places.filter(({ state }) => state === 'not-trusted')) {
      assert.ok(where.endsWith(NAME));
      assert.match(
        note,
        /^The folder .*workspace is not trusted\. Name the worker with --worker, use --trust-workspace, /,
      );
    }
    const trusted = await locate({ env });
    assert.deepEqual(pathsOf(trusted), [at('workspace/target/release', NAME), at('workspace/tools', NAME)]);
  });

  it('takes an untrusted worker that the user names', async () => {
    const worker = await program(at('workspace/target/release', NAME));
    assert.deepEqual(pathsOf(await locate({ trustWorkspace: false, wanted: `target/release/${NAME}` })), [worker]);
  });

  it('skips programs of an untrusted repository around the workspace, of its store, and behind links', async () => {
    await mkdir(at('.git'));
    const worker = await program(at('tools', NAME));
    await program(at('cache/workers/official-1.25.1-0123456789ab', NAME));
    await mkdir(at('lib'));
    await symlink(worker, at('lib', NAME));
    const link = `${root}-link`;
    await symlink(at('tools'), link);
    try {
      for (const PATH of [at('tools'), link]) {
        const found = await locate({ trustWorkspace: false, env: { PATH }, homeFolder: '/home/ann' });
        assert.deepEqual(found.candidates, []);
        for (const source of ['path', 'system', 'store'] as const) {
          assert.equal(statesOf(found, source)[0], 'not-trusted', source);
        }
      }
    } finally {
      await rm(link);
    }
  });

  it("trusts the user's own programs where the current folder contains the home folder", async () => {
    await program(at('workspace/target/release', NAME));
    const worker = await program(at('workspace/home/bin', NAME));
    const found = await locate({
      trustWorkspace: false,
      homeFolder: at('workspace/home'),
      env: { PATH: at('workspace/home/bin') },
    });
    assert.deepEqual(pathsOf(found), [worker]);
    assert.deepEqual(statesOf(found, 'workspace'), ['not-trusted']);
  });

  it('takes the worker in a requested folder, or names one', async () => {
    const worker = await program(at('dir', NAME));
    assert.deepEqual(pathsOf(await locate({ wanted: at('dir') })), [worker]);
    await program(at('sdk/target/release', NAME));
    const noteFor = async (wanted: string) => notesOf(await locate({ wanted }), 'setting')[0];
    assert.equal(await noteFor(at('sdk')), `This is a folder without ${NAME}. Give ${at('sdk/target/release', NAME)}.`);
    assert.equal(
      await noteFor(at('dir/..')),
      `This is a folder without ${NAME}. Give the path of a ${NAME}, or portable for the built-in worker.`,
    );
  });

  it("recognizes Polkadot's other programs by their names", async () => {
    const noteFor = async (wanted: string) => {
      const found = await locate({ wanted });
      assert.deepEqual(
        found.candidates.filter(({ source }) => source === 'setting'),
        [],
      );
      assert.deepEqual(statesOf(found, 'setting'), ['wrong-program']);
      return notesOf(found, 'setting')[0] ?? '';
    };
    await program(at('a/polkadot-execute-worker'));
    await program(at('a/polkadot-execute-worker-v1.25.1'));
    await program(at('a/polkadot'));
    for (const name of ['polkadot-execute-worker', 'polkadot-execute-worker-v1.25.1', 'polkadot']) {
      assert.match(
        await noteFor(at('a', name)),
        /^This is .*\. Give the polkadot-prepare-worker of the same release\.$/,
      );
    }
    await symlink(at('a/polkadot'), at('a/worker'));
    const worker = await program(at('a', NAME));
    assert.equal(await noteFor(at('a/worker')), `This is the polkadot node itself. Give ${worker}.`);
  });

  it('supports several workspace folders, and none', async () => {
    await program(at('other/target/release', NAME));
    const found = await locate({ workspaceFolders: [at('workspace'), at('other')] });
    assert.deepEqual(statesOf(found, 'workspace'), ['missing', 'found']);
    assert.deepEqual(statesOf(await locate({ workspaceFolders: [] }), 'workspace'), []);
  });

  it('reports a polkadot on PATH without a worker beside it', async () => {
    await program(at('sbin/polkadot'));
    const found = await locate();
    const place = found.places.find(({ source }) => source === 'beside-polkadot');
    assert.equal(place?.path, at('sbin', NAME));
    assert.equal(place?.state, 'missing');
    assert.ok(place?.note.includes(at('sbin/polkadot')));
  });

  it('lists a non-executable file on PATH and continues with the next folder', async () => {
    await mkdir(at('bin'));
    await writeFile(at('bin', NAME), '');
    await program(at('sbin', NAME));
    const found = await locate();
    assert.deepEqual(statesOf(found, 'path'), ['not-executable', 'found']);
    assert.deepEqual(pathsOf(found), [at('sbin', NAME)]);
  });

  it('lists a file once as candidate, and marks its other places', async () => {
    await program(at('bin/polkadot'));
    const worker = await program(at('bin', NAME));
    await mkdir(at('lib'));
    await symlink(worker, at('lib', NAME));
    const found = await locate();
    assert.deepEqual(pathsOf(found), [worker]);
    assert.deepEqual(statesOf(found, 'system'), ['found']);
    for (const source of ['path', 'system'] as const) {
      assert.deepEqual(notesOf(found, source), [`This is the same file as ${worker}.`]);
    }
  });

  it('prefers the newest worker in the store and ignores incomplete installations', async () => {
    const old = await program(at('cache/workers/official-1.21.0-aaaaaaaaaaaa', NAME), 60);
    const recent = await program(at('cache/workers/official-1.25.1-bbbbbbbbbbbb', NAME));
    await program(at('cache/workers/official-1.30.0-cccccccccccc/.incoming-1'));
    await program(at('cache/workers/.hidden', NAME));
    assert.deepEqual(pathsOf(await locate()), [recent, old]);
  });

  it('works without a PATH', async () => {
    assert.deepEqual(statesOf(await locate({ env: {} }), 'path'), ['missing']);
  });

  it("explains that Polkadot's worker does not run on Windows", async () => {
    const found = await locate({
      platform: 'win32',
      wanted: 'mine.exe',
      workspaceFolders: ['C:\\work'],
      cacheFolder: 'C:\\cache',
      env: { Path: 'C:\\bin' },
    });
    assert.deepEqual(found.candidates, []);
    assert.ok(found.places.some((place) => place.path === `C:\\work\\target\\*\\${NAME}.exe`));
    const [builtIn, ...others] = found.places.toReversed();
    assert.ok(others.every(({ state, note }) => state === 'not-looked-at' && note.includes('WSL')));
    assert.equal(builtIn?.source, 'built-in');
  });

  it('finds the built-in worker on Windows', async () => {
    installBuiltIn(at('package'));
    const found = await locate({ platform: 'win32', cacheFolder: 'C:\\cache', env: {} });
    assert.deepEqual(
      found.candidates.map(({ source }) => source),
      ['built-in'],
    );
  });

  it('searches no other place when the built-in worker is requested', async () => {
    installBuiltIn(at('package'));
    await program(at('workspace/portable'));
    for (const platform of ['linux', 'win32'] as const) {
      const found = await locate({ wanted: 'portable', platform });
      assert.deepEqual(statesOf(found, 'built-in'), ['found']);
      assert.equal(found.places.length, 1);
    }
    const file = await locate({ wanted: './portable' });
    assert.equal(pathsOf(file)[0], at('workspace/portable'), 'a file of that name needs a path');
  });

  for (const part of Object.keys(builtInParts)) {
    it(`reports a remedy when ${part} of the built-in worker is missing`, async () => {
      installBuiltIn(at('package'), { [part]: undefined });
      const found = await locate();
      assert.deepEqual(found.candidates, []);
      assert.deepEqual(statesOf(found, 'built-in'), ['missing']);
      const [note] = notesOf(found, 'built-in');
      assert.equal(
        note,
        `The file ${at('package', part)} is missing. Install this tool again, or run \`npm run build\` in its sources.`,
      );
    });
  }

  it('rejects a built-in worker with a damaged manifest', async () => {
    installBuiltIn(at('package'), { 'media/pvf-engine.json': '{}' });
    const found = await locate();
    assert.deepEqual(statesOf(found, 'built-in'), ['missing']);
    assert.match(notesOf(found, 'built-in')[0] ?? '', /pvf-engine\.json is damaged\. /);
  });
});
