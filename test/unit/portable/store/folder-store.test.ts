import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { silentLog } from '../../../../src/base/log.ts';
import { FolderStore } from '../../../../src/portable/store/folder-store.ts';

async function withFolder(test: (folder: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'functions-'));
  try {
    await test(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const open = (folder: string, maxBytes?: number) =>
  new FolderStore(folder, { log: silentLog, ...(maxBytes === undefined ? {} : { maxBytes }) });

/** Incompressible bytes. */
function noise(length: number, seed: number): Buffer {
  let state = seed;
  const next = () => {
    state = (state * 1103515245 + 12345) % 2 ** 31;
    return state >> 16;
  };
  return Buffer.from(Array.from({ length }, next));
}

describe('FolderStore', () => {
  it('returns what was saved, only under its key', () =>
    withFolder(async (folder) => {
      const store = open(path.join(folder, 'made', 'here'));
      assert.equal(await store.read('a'), undefined);
      store.save('a', noise(1000, 1));
      store.save('b', noise(1000, 2));
      store.save('a', noise(1000, 3));
      await store.idle();
      assert.deepEqual(await store.read('a'), noise(1000, 3));
      assert.deepEqual(await store.read('b'), noise(1000, 2));
      assert.equal(readdirSync(path.join(folder, 'made', 'here')).length, 2);
    }));

  it('rejects the file of another key', () =>
    withFolder(async (folder) => {
      const store = open(folder);
      store.save('a', noise(1000, 1));
      await store.idle();
      const [a] = readdirSync(folder).map((name) => path.join(folder, name));
      store.save('b', noise(1000, 2));
      await store.idle();
      const [b] = readdirSync(folder)
        .map((name) => path.join(folder, name))
        .filter((name) => name !== a);
      writeFileSync(b ?? '', readFileSync(a ?? ''));
      assert.equal(await store.read('b'), undefined);
      assert.deepEqual(readdirSync(folder), [path.basename(a ?? '')]);
    }));

  it('detects each damaged byte and each truncation, and removes the file', () =>
    withFolder(async (folder) => {
      const store = open(folder);
      store.save('a', noise(300, 1));
      await store.idle();
      const file = path.join(folder, readdirSync(folder)[0] ?? '');
      const good = readFileSync(file);
      const flipped = [...good.keys()].map((place) => good.map((byte, at) => (at === place ? byte ^ 1 : byte)));
      const cut = [...good.keys()].map((length) => good.subarray(0, length));
      for (const bad of [...flipped, ...cut]) {
        writeFileSync(file, bad);
        assert.equal(await store.read('a'), undefined);
        assert.deepEqual(readdirSync(folder), []);
      }
    }));

  it('stays below its maximum size and keeps the most recently used entries', () =>
    withFolder(async (folder) => {
      const store = open(folder, 3500);
      for (const [at, key] of ['a', 'b', 'c'].entries()) {
        store.save(key, noise(1000, at + 1));
        await store.idle();
      }
      for (const name of readdirSync(folder)) utimesSync(path.join(folder, name), 1000, 1000);
      assert.ok(await store.read('a'));
      store.save('d', noise(1000, 9));
      await store.idle();
      const sizes = readdirSync(folder).map((name) => statSync(path.join(folder, name)).size);
      assert(sizes.reduce((sum, size) => sum + size, 0) <= 3500);
      assert.equal(sizes.length, 3);
      assert.ok(await store.read('a'));
      assert.ok(await store.read('d'));
    }));

  it('does not store an entry above the maximum size', () =>
    withFolder(async (folder) => {
      const store = open(folder, 500);
      store.save('a', noise(1000, 1));
      await store.idle();
      assert.deepEqual(readdirSync(folder), []);
    }));

  it('removes files of killed processes, but not files that are being written', () =>
    withFolder(async (folder) => {
      for (const name of ['old.tmp', 'new.tmp']) writeFileSync(path.join(folder, name), '');
      utimesSync(path.join(folder, 'old.tmp'), 1000, 1000);
      const store = open(folder);
      store.save('a', noise(10, 1));
      await store.idle();
      assert.deepEqual(
        readdirSync(folder).filter((name) => name.endsWith('.tmp')),
        ['new.tmp'],
      );
    }));

  it('supports two processes at once', () =>
    withFolder(async (folder) => {
      const stores = [open(folder, 2500), open(folder, 2500)];
      for (let round = 0; round < 20; round++) {
        for (const store of stores) store.save(`key ${round % 4}`, noise(1000, round % 4));
        const found = await Promise.all(stores.map((store) => store.read(`key ${round % 4}`)));
        for (const functions of found) {
          if (functions !== undefined) assert.deepEqual(functions, noise(1000, round % 4));
        }
      }
      await Promise.all(stores.map((store) => store.idle()));
      assert.deepEqual(
        readdirSync(folder).filter((name) => name.endsWith('.tmp')),
        [],
      );
    }));
});
