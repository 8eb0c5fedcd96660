import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdirSync, symlinkSync } from 'node:fs';
import { platform } from 'node:process';
import { type Discovery, discover } from '../../../../src/editor/discovery/discover.ts';
import type { Runtime } from '../../../../src/editor/model.ts';
import { BUILT, COMPRESSED, POLKAVM, useBuildTree, WASM } from './build-tree.ts';

const LATER = new Date(BUILT.getTime() + 60_000);

const profiles = ({ runtimes }: Discovery) => runtimes.map(({ name, profile }) => `${name} ${profile}`);
const names = ({ runtimes }: Discovery) => runtimes.map(({ name }) => name);

function only({ runtimes, problems }: Discovery): Runtime {
  const [runtime, ...more] = runtimes;
  assert.ok(runtime, `nothing was found; ${JSON.stringify(problems)}`);
  assert.deepEqual(more, []);
  return runtime;
}

describe('discover', () => {
  const tree = useBuildTree();
  const search = (...folders: string[]) =>
    discover((folders.length ? folders : ['']).map((f) => ({ path: tree.path(f) })));

  it('finds nothing in an empty or absent folder', async () => {
    assert.deepEqual((await search()).runtimes, []);
    assert.deepEqual((await search('absent')).runtimes, []);
  });

  it('finds the output of a release build and prefers the compressed blob', async () => {
    const manifestPath = tree.crate('runtime', 'shell-runtime');
    const folder = tree.wbuild('target/release', 'shell-runtime', { crateFolder: tree.path('runtime') });
    const runtime = only(await search());
    assert.equal(runtime.id, `${folder}/shell_runtime`);
    assert.equal(runtime.name, 'shell-runtime');
    assert.equal(runtime.crateName, 'shell-runtime');
    assert.equal(runtime.profile, 'release');
    assert.equal(runtime.workspaceFolder, tree.root);
    assert.equal(runtime.manifestPath, manifestPath);
    assert.equal(runtime.stale, undefined);
    const { path, variant, bytes, modifiedMs } = runtime.blob;
    assert.equal(path, `${folder}/shell_runtime.compact.compressed.wasm`);
    assert.deepEqual([variant, bytes, modifiedMs], ['compressed', COMPRESSED.length, BUILT.getTime()]);
    assert.deepEqual(
      runtime.others.map((other) => other.variant),
      ['compact', 'bloaty'],
    );
  });

  it('finds the bloaty file after a build in the dev profile', async () => {
    tree.wbuild('target/debug', 'shell-runtime', { profile: 'dev' });
    const { blob, others, profile } = only(await search());
    assert.deepEqual([blob.variant, others, profile], ['bloaty', [], 'debug']);
  });

  it('finds one runtime per profile and triple, and for srtool', async () => {
    tree.wbuild('target/release', 'a');
    tree.wbuild('target/production', 'a');
    tree.wbuild('target/fast-build', 'a');
    tree.wbuild('target/x86_64-unknown-linux-gnu/release', 'a');
    tree.crate('runtimes/a', 'a');
    tree.wbuild('runtimes/a/target/srtool/production', 'a');
    assert.deepEqual(profiles(await search()), [
      'a fast-build',
      'a production',
      'a release',
      'a srtool/production',
      'a x86_64-unknown-linux-gnu/release',
    ]);
  });

  it('finds one runtime per stem', async () => {
    tree.wbuild('target/release', 'test-runtime');
    tree.wbuild('target/release', 'test-runtime', { stem: 'fast_runtime_binary.rs' });
    const { runtimes } = await search();
    assert.deepEqual(
      runtimes.map(({ name, id, blob, others }) => [name, id.split('/').at(-1), blob.variant, others.length]),
      [
        ['test-runtime', 'test_runtime', 'compressed', 2],
        ['test-runtime (fast_runtime_binary)', 'fast_runtime_binary.rs', 'compressed', 2],
      ],
    );
  });

  it('reports that another variant is newer than the preferred blob', async () => {
    tree.wbuild('target/release', 'a');
    const newer = tree.write('target/release/wbuild/a/a.wasm', WASM, LATER);
    const { blob, stale } = only(await search());
    assert.equal(blob.variant, 'compressed');
    assert.equal(stale?.newer.path, newer);
  });

  it('reports no newer variant if the compact file is, whose time wasm-builder does not set back', async () => {
    tree.wbuild('target/release', 'a');
    tree.write('target/release/wbuild/a/a.compact.wasm', WASM, LATER);
    assert.equal(only(await search()).stale, undefined);
  });

  it('reports no newer variant if the preferred blob is the newest', async () => {
    tree.wbuild('target/release', 'a');
    tree.write('target/release/wbuild/a/a.compact.compressed.wasm', COMPRESSED, LATER);
    assert.equal(only(await search()).stale, undefined);
  });

  it('recognizes blobs by content, including hex text, but not PolkaVM programs or chain specs', async () => {
    const put = (name: string, content: string | Uint8Array) =>
      tree.write(`target/release/wbuild/a/${name}.wasm`, content);
    put('empty', '');
    put('short', Uint8Array.of(0, 0x61));
    put('text', 'not found');
    put('spec', '{"genesis":{}}');
    put('hexless', '0x00112233445566778899');
    put('riscv', POLKAVM);
    put('riscv_hex', `0x${Buffer.from(POLKAVM).toString('hex')}00000000`);
    put('hexed.compact.compressed', `0x${Buffer.from(COMPRESSED).toString('hex')}\n`);
    tree.write('target/release/wbuild/a/a.wasm.bak', WASM);
    const { blob } = only(await search());
    assert.match(blob.path, /hexed\.compact\.compressed\.wasm$/);
    assert.equal(blob.variant, 'compressed');
  });

  it('treats compressed content as the compressed variant, whatever its name', async () => {
    tree.write('target/release/wbuild/a/a.wasm', COMPRESSED);
    assert.equal(only(await search()).blob.variant, 'compressed');
  });

  it('ignores the intermediate output of a build', async () => {
    tree.wbuild('target/release', 'a');
    tree.wbuild('target/release/wbuild/a/target/release', 'inner');
    assert.deepEqual(names(await search()), ['a']);
  });

  it('searches projects at any depth, and members of a workspace', async () => {
    tree.crate('a/b/c', 'three');
    tree.wbuild('a/b/c/target/release', 'three');
    tree.wbuild('a/b/c/d/target/release', 'four');
    tree.wbuild('node_modules/x/target/release', 'module');
    tree.wbuild('.hidden/target/release', 'hidden');
    tree.write('Cargo.toml', '[workspace]\nmembers = ["deep/er/than/is/looked", "globs/*", 3]\n');
    tree.wbuild('deep/er/than/is/looked/target/srtool/release', 'member');
    assert.deepEqual(names(await search()), ['four', 'member', 'three']);
  });

  it('finds the output above an opened crate, but only that of the crate', async () => {
    tree.write('Cargo.toml', '[workspace]\nmembers = ["*"]\n');
    tree.crate('mine', 'mine');
    tree.crate('theirs', 'theirs');
    tree.wbuild('target/release', 'mine', { crateFolder: tree.path('mine') });
    tree.wbuild('target/release', 'theirs', { crateFolder: tree.path('theirs') });
    assert.deepEqual(names(await search('mine')), ['mine']);
  });

  it('finds a runtime once and assigns it to the innermost workspace folder', async () => {
    const inner = tree.crate('sub/project', 'a');
    tree.wbuild('sub/project/target/release', 'a', { crateFolder: tree.path('sub/project') });
    const found = only(await search('', 'sub/project'));
    assert.equal(found.workspaceFolder, tree.path('sub/project'));
    assert.equal(found.manifestPath, inner);
  });

  it("searches the target folders of Cargo's environment and configuration", async () => {
    tree.crate('work', 'a');
    for (const where of ['by-env', 'by-config', 'by-build-dir']) {
      tree.wbuild(`${where}/release`, 'a', { crateFolder: tree.path('work') });
      tree.wbuild(`${where}/release`, 'theirs', { crateFolder: tree.path('elsewhere') });
      tree.crate('elsewhere', 'theirs');
    }
    tree.write(
      '.cargo/config.toml',
      '[build]\ntarget-dir = "by-config"\nbuild-dir = "{workspace-root}/../by-build-dir"\n',
    );
    const env = { CARGO_TARGET_DIR: tree.path('by-env') };
    const { runtimes } = await discover([{ path: tree.path('work') }], { env });
    assert.deepEqual(
      runtimes.map(({ name, id }) => `${name} ${id.slice(tree.root.length)}`),
      ['by-build-dir', 'by-config', 'by-env'].map((where) => `a /${where}/release/wbuild/a/a`),
    );
  });

  it('searches additional folders: a WASM_TARGET_DIRECTORY, a target folder, a profile folder', async () => {
    tree.write('out/shell_runtime.wasm', COMPRESSED);
    tree.write('out/exported.txt', `0x${Buffer.from(WASM).toString('hex')}`);
    tree.write('out/readme.txt', 'hello');
    tree.wbuild('other-target/release', 'b');
    tree.wbuild('third/production', 'c');
    mkdirSync(tree.path('work'));
    const targetDirectories = ['out', 'other-target', 'third/production', 'absent'].map((name) => tree.path(name));
    const { runtimes } = await discover([{ path: tree.path('work'), targetDirectories }]);
    assert.deepEqual(
      runtimes.map(({ name, profile, blob, workspaceFolder }) => [name, profile, blob.variant, workspaceFolder]),
      [
        ['b', 'release', 'compressed', tree.path('work')],
        ['c', 'production', 'compressed', tree.path('work')],
        ['exported.txt', undefined, 'bloaty', tree.path('work')],
        ['shell_runtime', undefined, 'compressed', tree.path('work')],
      ],
    );
  });

  it('handles link loops and finds a runtime once through two links', async () => {
    tree.wbuild('target/release', 'a');
    symlinkSync('.', tree.path('here'));
    symlinkSync('..', tree.path('target/up'));
    symlinkSync('.', tree.path('target/release/wbuild/same'));
    symlinkSync('self.wasm', tree.path('target/release/wbuild/a/self.wasm'));
    mkdirSync(tree.path('project'));
    symlinkSync(tree.path('target'), tree.path('project/target'));
    const found = await search();
    assert.equal(only(found).name, 'a');
    assert.match(found.problems.map(({ path }) => path).join(), /self\.wasm/);
  });

  it('follows a link to the target folder', async () => {
    tree.wbuild('big-disk/release', 'a');
    mkdirSync(tree.path('work'));
    symlinkSync(tree.path('big-disk'), tree.path('work/target'));
    assert.equal(only(await search('work')).id, tree.path('work/target/release/wbuild/a/a'));
  });

  it('continues after an unreadable folder', async () => {
    tree.wbuild('target/release', 'a');
    mkdirSync(tree.path('target/production'));
    symlinkSync('wbuild', tree.path('target/production/wbuild'));
    const found = await search();
    assert.equal(only(found).name, 'a');
    assert.deepEqual(
      found.problems.map(({ path }) => path),
      [tree.path('target/production/wbuild')],
    );
  });

  it('does not wait for a FIFO', async function () {
    if (platform === 'win32') this.skip();
    tree.wbuild('target/release', 'a');
    execFileSync('mkfifo', [tree.path('target/release/wbuild/a/fifo.wasm')]);
    assert.equal(only(await search()).name, 'a');
  });

  it("rejects with the signal's reason once it is aborted", async () => {
    tree.wbuild('target/release', 'a');
    const stop = new AbortController();
    const search = discover([{ path: tree.root }], { signal: stop.signal });
    stop.abort(new Error('enough'));
    await assert.rejects(search, /enough/);
  });

  it('finds a manifest by its package name if the generated one comes from a container', async () => {
    tree.write('Cargo.toml', '[workspace]\nmembers = ["a"]\n');
    const manifestPath = tree.crate('a', 'crate-a');
    tree.wbuild('target/srtool/release', 'crate-a', { crateFolder: '/build/a' });
    assert.equal(only(await search()).manifestPath, manifestPath);
  });

  it('detects a blob that was rewritten with the same size and time', async () => {
    tree.wbuild('target/release', 'a');
    const blob = async () => only(await discover([{ path: tree.root }])).blob;
    const before = await blob();
    appendFileSync(before.path, '');
    tree.wbuild('target/release', 'a');
    const after = await blob();
    assert.equal(after.modifiedMs, before.modifiedMs);
    assert.equal(after.bytes, before.bytes);
    assert.notEqual(after.changedMs, before.changedMs);
  });
});

describe('the watched folders', () => {
  const tree = useBuildTree();
  const watched = async () => {
    const found = await discover([{ path: tree.root }]);
    return found.watched.map(({ path, pattern, sees }) => `${path.slice(tree.root.length)} ${pattern} ${sees}`).sort();
  };

  it('include only the project if it is empty', async () => {
    assert.deepEqual(await watched(), [' {Cargo.toml,target} names']);
  });

  it('include the target folder that a build will create, but not those of workspace members', async () => {
    tree.write('Cargo.toml', '[workspace]\nmembers = ["a", "b"]\n');
    tree.crate('a', 'a');
    assert.deepEqual(await watched(), [' target names', ' {Cargo.toml,target} names']);
  });

  it('include each level above the blobs and nothing else in the target folder', async () => {
    tree.crate('', 'a');
    tree.wbuild('target/release', 'a');
    tree.write('target/release/deps/x.d', '');
    tree.write('target/debug/deps/x.d', '');
    assert.deepEqual(await watched(), [
      ' {Cargo.toml,target} names',
      '/target * names',
      '/target/debug wbuild names',
      '/target/release wbuild names',
      '/target/release/wbuild * names',
      '/target/release/wbuild/a *.wasm contents',
    ]);
  });
});
