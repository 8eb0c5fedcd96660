import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { decompress } from '../../../src/runtime/compression.ts';
import { inspect } from '../../../src/runtime/inspect.ts';
import { describeWithCorpus } from '../../support/corpus.ts';
import { assertSums } from '../../support/size-trees.ts';

const LIMIT = 64 * 1024 * 1024;

/** The share of the code that is given to an owner. The aim is 80 %. */
const LEAST_OWNED = 0.83;

describeWithCorpus('sizes of real runtimes', ({ blobs, pairs, path }) => {
  const files = [
    ...blobs
      .filter(({ file, raw_bytes: raw }) => raw !== undefined && !file.endsWith('.polkavm'))
      .map(({ file }) => file),
    ...pairs.map(({ newer }) => newer),
  ];
  for (const file of files) {
    it(`add up to the file: ${file}`, async function () {
      this.timeout(60_000);
      const stored = readFileSync(path(file));
      const { sizes, rawBytes, sections, functions } = await inspect(stored, LIMIT, { sizes: { depth: 'functions' } });
      if (rawBytes === undefined) return this.skip();
      assert(sizes);
      assertSums(sizes);
      assert.equal(sizes.totalBytes, rawBytes);
      assert.equal(sizes.tree.functions, functions);
      assert.equal(sizes.codeBytes, sections?.find(({ name }) => name === 'code')?.bytes);
      if (!sections?.some(({ name }) => name === 'name')) {
        assert.equal(sizes.attributedCodeBytes, 0);
        return;
      }
      assert(
        sizes.attributedCodeBytes / sizes.codeBytes >= 0.999,
        `${sizes.attributedCodeBytes} of ${sizes.codeBytes}`,
      );
      const owned = sizes.ownedCodeBytes / sizes.codeBytes;
      assert(owned >= LEAST_OWNED, `owners have ${owned}`);
      // Every runtime has code that serves all pallets alike.
      assert(owned < 0.98, `owners have ${owned}`);
    });
  }

  it('has none for a blob that is cut off', async () => {
    const raw = await decompress(readFileSync(path('shell-2.compact.compressed.wasm')), LIMIT);
    assert(raw.kind === 'ok');
    const { sizes, problem } = await inspect(raw.raw.subarray(0, -1000), LIMIT, { sizes: { depth: 'functions' } });
    assert.deepEqual([sizes, problem?.kind], [undefined, 'damaged-module']);
  });
});
