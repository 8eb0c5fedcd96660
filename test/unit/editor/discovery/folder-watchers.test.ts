import assert from 'node:assert/strict';
import { once } from 'node:events';
import { appendFileSync, mkdirSync, rmSync } from 'node:fs';
import { FolderWatchers, watchFolder } from '../../../../src/editor/discovery/folder-watchers.ts';
import type { WatchedFolder } from '../../../../src/editor/discovery/target-folder.ts';
import { useBuildTree } from './build-tree.ts';

const tree = useBuildTree();

/** Watches one folder. */
function listen(pattern: string, sees: WatchedFolder['sees'], path = tree.root) {
  const events = new EventTarget();
  let count = 0;
  const dispatch = (what: string) => () => {
    count++;
    events.dispatchEvent(new Event(what));
  };
  const watcher = watchFolder({ path, pattern, sees }, dispatch('changed'), dispatch('ended'));
  assert.ok(watcher);
  return { watcher, changed: () => once(events, 'changed'), ended: () => once(events, 'ended'), count: () => count };
}

describe('watchFolder', function () {
  this.timeout(60_000);

  it('reports only matching names', async () => {
    const { watcher, changed, count } = listen('{Cargo.toml,target}', 'names');
    const first = changed();
    // Events of one folder arrive in order.
    for (const name of ['Cargo.lock', 'xtarget', 'targets', 'Cargo-toml']) mkdirSync(tree.path(name));
    mkdirSync(tree.path('target'));
    await first;
    const second = changed();
    mkdirSync(tree.path('Cargo.toml'));
    await second;
    assert.equal(count(), 2);
    watcher[Symbol.dispose]();
  });

  it('reports written files if contents matter', async () => {
    tree.write('a,b[1].compact.wasm', '1');
    const { watcher, changed } = listen('*.wasm', 'contents');
    const written = changed();
    appendFileSync(tree.path('a,b[1].compact.wasm'), '2');
    await written;
    watcher[Symbol.dispose]();
  });

  it('reports files in nested folders that were created at once', async () => {
    const folder = tree.path('target/release/wbuild/shell');
    mkdirSync(folder, { recursive: true });
    const { watcher, changed } = listen('*.wasm', 'contents', folder);
    const written = changed();
    tree.write('target/release/wbuild/shell/shell.wasm', '1');
    await written;
    watcher[Symbol.dispose]();
  });

  it('reports the end of the watcher', async () => {
    mkdirSync(tree.path('gone'));
    const { ended } = listen('*', 'names', tree.path('gone'));
    const end = ended();
    rmSync(tree.path('gone'), { recursive: true });
    await end;
  });

  it('returns undefined for an absent folder', () => {
    const folder: WatchedFolder = { path: tree.path('absent'), pattern: '*', sees: 'names' };
    assert.equal(
      watchFolder(
        folder,
        () => {},
        () => {},
      ),
      undefined,
    );
  });
});

describe('FolderWatchers', () => {
  const folder = (path: string): WatchedFolder => ({ path, pattern: '*', sees: 'names' });
  const made = () => {
    const log: string[] = [];
    const ends = new Map<string, () => void>();
    const set = new FolderWatchers(({ path }, ended) => {
      if (path === 'absent') return undefined;
      log.push(`+${path}`);
      ends.set(path, ended);
      return { [Symbol.dispose]: () => log.push(`-${path}`) };
    });
    return { set, log, end: (path: string) => ends.get(path)?.() };
  };

  it('watches the folders of the last list', () => {
    const { set, log } = made();
    assert.equal(set.follow([folder('a'), folder('b'), folder('a')]), true);
    assert.equal(set.follow([folder('b')]), false);
    assert.equal(set.follow([folder('b'), folder('c')]), true);
    set[Symbol.dispose]();
    assert.deepEqual(log, ['+a', '+b', '-a', '+c', '-b', '-c']);
  });

  it('recreates an ended watcher and reports nothing new while that fails', () => {
    const { set, log, end } = made();
    set.follow([folder('a')]);
    end('a');
    end('a');
    assert.equal(set.follow([folder('a'), folder('absent')]), true);
    assert.equal(set.follow([folder('a'), folder('absent')]), false);
    assert.deepEqual(log, ['+a', '-a', '+a']);
  });
});
