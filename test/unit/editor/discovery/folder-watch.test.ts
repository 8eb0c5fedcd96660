import assert from 'node:assert/strict';
import { once } from 'node:events';
import { appendFileSync, mkdirSync, rmSync } from 'node:fs';
import { watchFolder } from '../../../../src/editor/discovery/folder-watch.ts';
import type { WatchedFolder } from '../../../../src/editor/discovery/target-folder.ts';
import { WatcherSet } from '../../../../src/editor/discovery/watcher-set.ts';
import { useBuildTree } from './build-tree.ts';

const tree = useBuildTree();

/** What is told of a folder, until the test ends. */
function listen(pattern: string, sees: WatchedFolder['sees'], path = tree.root) {
  const told = new EventTarget();
  let count = 0;
  const tell = (what: string) => () => {
    count++;
    told.dispatchEvent(new Event(what));
  };
  const watcher = watchFolder({ path, pattern, sees }, tell('changed'), tell('ended'));
  assert.ok(watcher);
  return { watcher, changed: () => once(told, 'changed'), ended: () => once(told, 'ended'), count: () => count };
}

describe('a watched folder', function () {
  this.timeout(60_000);

  it('tells of names that match, and of no others', async () => {
    const { watcher, changed, count } = listen('{Cargo.toml,target}', 'names');
    const first = changed();
    // Events of one folder come in order.
    for (const name of ['Cargo.lock', 'xtarget', 'targets', 'Cargo-toml']) mkdirSync(tree.path(name));
    mkdirSync(tree.path('target'));
    await first;
    const second = changed();
    mkdirSync(tree.path('Cargo.toml'));
    await second;
    assert.equal(count(), 2);
    watcher[Symbol.dispose]();
  });

  it('tells of what is written where contents count', async () => {
    tree.write('a,b[1].compact.wasm', '1');
    const { watcher, changed } = listen('*.wasm', 'contents');
    const written = changed();
    appendFileSync(tree.path('a,b[1].compact.wasm'), '2');
    await written;
    watcher[Symbol.dispose]();
  });

  it('is heard in folders that were made one inside the other at once', async () => {
    const folder = tree.path('target/release/wbuild/shell');
    mkdirSync(folder, { recursive: true });
    const { watcher, changed } = listen('*.wasm', 'contents', folder);
    const written = changed();
    tree.write('target/release/wbuild/shell/shell.wasm', '1');
    await written;
    watcher[Symbol.dispose]();
  });

  it('tells its own end', async () => {
    mkdirSync(tree.path('gone'));
    const { ended } = listen('*', 'names', tree.path('gone'));
    const told = ended();
    rmSync(tree.path('gone'), { recursive: true });
    await told;
  });

  it('is none where there is no folder', () => {
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

describe('the watchers of the folders that are followed', () => {
  const folder = (path: string): WatchedFolder => ({ path, pattern: '*', sees: 'names' });
  const made = () => {
    const log: string[] = [];
    const ends = new Map<string, () => void>();
    const set = new WatcherSet(({ path }, ended) => {
      if (path === 'absent') return undefined;
      log.push(`+${path}`);
      ends.set(path, ended);
      return { [Symbol.dispose]: () => log.push(`-${path}`) };
    });
    return { set, log, end: (path: string) => ends.get(path)?.() };
  };

  it('are those of the newest list', () => {
    const { set, log } = made();
    assert.equal(set.follow([folder('a'), folder('b'), folder('a')]), true);
    assert.equal(set.follow([folder('b')]), false);
    assert.equal(set.follow([folder('b'), folder('c')]), true);
    set[Symbol.dispose]();
    assert.deepEqual(log, ['+a', '+b', '-a', '+c', '-b', '-c']);
  });

  it('are made anew after their end, and no news while they can not be made', () => {
    const { set, log, end } = made();
    set.follow([folder('a')]);
    end('a');
    end('a');
    assert.equal(set.follow([folder('a'), folder('absent')]), true);
    assert.equal(set.follow([folder('a'), folder('absent')]), false);
    assert.deepEqual(log, ['+a', '-a', '+a']);
  });
});
