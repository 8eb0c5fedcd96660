import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { cachedFiles, deleteFiles, filesOverLimits, markUsed } from '../../../src/base/file-cache.ts';

const file = (name: string, bytes: number, ageMs: number) => ({ path: `/cache/${name}`, name, bytes, ageMs });

describe('filesOverLimits', () => {
  const files = [file('old', 10, 300), file('new', 20, 100), file('middle', 40, 200)];
  const rows = [
    ['no limits', {}, []],
    ['room for all', { maxFiles: 3, maxBytes: 70, maxAgeMs: 300 }, []],
    ['too many files', { maxFiles: 1 }, ['middle', 'old']],
    ['too many bytes', { maxBytes: 69 }, ['old']],
    ['too many bytes for the second newest', { maxBytes: 59 }, ['middle', 'old']],
    ['too few bytes for any', { maxBytes: 19 }, ['new', 'middle', 'old']],
    ['too old', { maxAgeMs: 199 }, ['middle', 'old']],
    ['too old and too many bytes', { maxAgeMs: 299, maxBytes: 50 }, ['middle', 'old']],
  ] as const;
  for (const [what, limits, names] of rows) {
    it(`${what}: ${names.join(', ') || 'none'}`, () => {
      assert.deepEqual(
        filesOverLimits(files, limits).map(({ name }) => name),
        names,
      );
    });
  }

  it('keeps the newest files that fit', () => {
    const some = fc.array(fc.record({ bytes: fc.nat(100), ageMs: fc.nat(1000) }));
    fc.assert(
      fc.property(some, fc.nat(500), (parts, maxBytes) => {
        const all = parts.map(({ bytes, ageMs }, at) => file(`${at}`, bytes, ageMs));
        const over = new Set(filesOverLimits(all, { maxBytes }));
        const kept = all.filter((one) => !over.has(one));
        const bytes = kept.reduce((sum, one) => sum + one.bytes, 0);
        assert(bytes <= maxBytes);
        const [next] = [...over].sort((a, b) => a.ageMs - b.ageMs);
        assert(next === undefined || bytes + next.bytes > maxBytes);
        assert(kept.every(({ ageMs }) => next === undefined || ageMs <= next.ageMs));
      }),
    );
  });
});

describe('a cache folder', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'pvf-test-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('lists sizes and ages', async () => {
    const path = join(folder, 'a');
    writeFileSync(path, 'abc');
    utimesSync(path, 1000, 1000);
    assert.deepEqual(await cachedFiles(folder, 1_500_000), [{ path, name: 'a', bytes: 3, ageMs: 500_000 }]);
  });

  it('resets the age of a used file', async () => {
    const path = join(folder, 'a');
    writeFileSync(path, '');
    utimesSync(path, 1000, 1000);
    await markUsed(path);
    const [found] = await cachedFiles(folder);
    assert((found?.ageMs ?? Infinity) < 60_000);
    await markUsed(join(folder, 'missing'));
  });

  it('deletes files and folders, and ignores missing ones', async () => {
    mkdirSync(join(folder, 'a'));
    writeFileSync(join(folder, 'a', 'b'), '');
    writeFileSync(join(folder, 'c'), '');
    const files = await cachedFiles(folder);
    await deleteFiles(files);
    await deleteFiles(files);
    assert.deepEqual(readdirSync(folder), []);
  });

  it('rejects with the system error when it is missing', async () => {
    await assert.rejects(cachedFiles(join(folder, 'missing')), { code: 'ENOENT' });
  });
});
