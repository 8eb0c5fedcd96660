import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { HistoryStore } from '../../../../src/check/history/history-store.ts';
import { entryNumber, hashOf } from '../../../support/history-entries.ts';
import { type Workbench, withWorkbench } from '../../../support/workbench.ts';

type Setting = Pick<Workbench, 'logged'> & { readonly folder: string; readonly store: HistoryStore };

function withStore(test: (setting: Setting) => Promise<void>): Promise<void> {
  return withWorkbench(({ folder: bench, log, logged }) => {
    const folder = join(bench, 'history');
    return test({ folder, logged, store: new HistoryStore(folder, log) });
  });
}

const file = (folder: string) => join(folder, 'runtime.jsonl');

const linesOf = (path: string) =>
  readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '').length;

describe('HistoryStore', () => {
  it('returns the results in the order of their times', () =>
    withStore(async ({ store, logged }) => {
      assert.deepEqual(await store.read('runtime'), { entries: [] });
      await store.add('runtime', entryNumber(2));
      const written = await store.add('runtime', entryNumber(1));
      assert.deepEqual(written, { entries: [entryNumber(1), entryNumber(2)] });
      assert.deepEqual(await store.read('runtime'), written);
      assert.deepEqual((await store.read('other')).entries, []);
      assert.deepEqual(logged, []);
    }));

  it('keeps 500 results of a runtime, and rewrites the file seldom', () =>
    withStore(async ({ store, folder }) => {
      const entries = Array.from({ length: 720 }, (_, number) => entryNumber(number));
      await store.restore('runtime', { entries });
      const { entries: kept } = await store.add('runtime', entryNumber(720));
      assert.equal(kept.length, 500);
      assert.equal(kept.at(-1)?.runtime.codeHash, hashOf(720));
      assert.equal(linesOf(file(folder)), 501, 'compacted, then one was added');
    }));

  it('deletes the histories that were not written for the longest time', () =>
    withWorkbench(async ({ folder, log }) => {
      const store = new HistoryStore(folder, log, { maxRuntimes: 5, maxSpareRecords: 9 });
      for (let number = 0; number < 8; number += 1) await store.add(`runtime-${number}`, entryNumber(number));
      const left = readdirSync(folder).filter((name) => name.endsWith('.jsonl'));
      assert.ok(left.length <= 5, left.join());
      assert.ok(left.includes('runtime-7.jsonl'));
    }));

  it('remembers the last pinned baseline, and forgets an unpinned one', () =>
    withStore(async ({ store }) => {
      const pinned = {
        at: '2026-11-02T00:00:00Z',
        from: 'history',
        is: 'build',
        name: 'main',
        entry: entryNumber(1),
      } as const;
      await store.add('runtime', entryNumber(1));
      assert.deepEqual((await store.pin('runtime', pinned)).pinned, pinned);
      assert.equal((await store.pin('runtime', undefined)).pinned, undefined);
      assert.deepEqual((await store.read('runtime')).entries.length, 1);
    }));

  it('clears a history, and restores it', () =>
    withStore(async ({ store, folder }) => {
      const before = await store.add('runtime', entryNumber(1));
      const cleared = await store.clear('runtime');
      assert.deepEqual(readdirSync(folder), []);
      assert.deepEqual(await store.restore('runtime', cleared), before);
    }));

  it('leaves out damaged records, warns, and repairs the file with the next result', () =>
    withStore(async ({ store, folder, logged }) => {
      await store.add('runtime', entryNumber(1));
      appendFileSync(file(folder), '\n{"kind":"entry","id":"x","entry":{"at":"2026-11');
      const { entries } = await store.add('runtime', entryNumber(2));
      assert.deepEqual(entries, [entryNumber(1), entryNumber(2)]);
      assert.deepEqual(
        logged.map(({ level }) => level),
        ['warn'],
      );
      await store.read('runtime');
      assert.equal(logged.length, 1);
    }));

  it('never crashes on a damaged file, and keeps the records that are intact', () =>
    withStore(async ({ store, folder }) => {
      await store.add('runtime', entryNumber(1));
      const intact = readFileSync(file(folder));
      const damage = fc.array(fc.tuple(fc.nat(intact.length - 1), fc.nat(255)), { minLength: 1, maxLength: 8 });
      await fc.assert(
        fc.asyncProperty(damage, fc.nat(intact.length), fc.uint8Array({ maxLength: 200 }), async (at, cut, junk) => {
          const bytes = Buffer.concat([intact.subarray(0, cut), junk]);
          for (const [place, value] of at) if (place < bytes.length) bytes[place] = value;
          writeFileSync(file(folder), bytes);
          await store.read('runtime');
          const { entries } = await store.add('runtime', entryNumber(7));
          assert.deepEqual(entries.at(-1)?.runtime.codeHash, hashOf(7));
        }),
        { numRuns: 150 },
      );
    }));

  for (const [what, put] of [
    ['a folder', (path: string) => mkdirSync(path)],
    ['a FIFO', (path: string) => execFileSync('mkfifo', [path])],
    ['a link', (path: string) => symlinkSync('/etc/hostname', path)],
    ['a file larger than any history', (path: string) => writeFileSync(path, Buffer.alloc(17 * 1024 * 1024))],
  ] as const) {
    it(`replaces ${what} in the place of the file`, function () {
      if (process.platform === 'win32') this.skip();
      return withStore(async ({ store, folder, logged }) => {
        mkdirSync(folder);
        put(file(folder));
        assert.deepEqual(await store.read('runtime'), { entries: [] });
        assert.deepEqual(await store.add('runtime', entryNumber(1)), { entries: [entryNumber(1)] });
        assert.deepEqual(new Set(logged.map(({ level }) => level)), new Set(['warn']));
        assert.deepEqual(await store.read('runtime'), { entries: [entryNumber(1)] });
      });
    });
  }

  it("warns and goes on where the folder can't be written", () =>
    withStore(async ({ store, folder, logged }) => {
      writeFileSync(folder, 'a file where the folder should be');
      assert.deepEqual((await store.add('runtime', entryNumber(1))).entries.length, 1);
      assert.match(logged[0]?.message ?? '', /can't be written/);
    }));
});
