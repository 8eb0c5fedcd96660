import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { decompress } from '../../../src/runtime/compression.ts';
import { inspect } from '../../../src/runtime/inspect.ts';
import { describeWithCorpus } from '../../support/corpus.ts';
import { assertSums } from '../../support/size-trees.ts';

const LIMIT = 64 * 1024 * 1024;

/** The share of the code that is given to an owner, where it is below the aim of 80 %. */
const lowShares: Readonly<Record<string, number>> = {
  // Small runtimes with much code of several XCM versions, which several pallets share.
  'bridge-hub-polkadot-9382.compact.compressed.wasm': 0.64,
  'interlay-kintsugi-1020000.compact.compressed.wasm': 0.75,
  'centrifuge-altair-1028.compact.compressed.wasm': 0.78,
};

describeWithCorpus('sizes of real runtimes', ({ blobs, pairs, path }) => {
  const files = [
    ...blobs
      .filter(({ file, raw_bytes: raw }) => raw !== undefined && !file.endsWith('.polkavm'))
      .map(({ file }) => file),
    ...pairs.map(({ newer }) => newer),
  ];
  let ownedBytes = 0;
  let codeBytes = 0;
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
      ownedBytes += sizes.ownedCodeBytes;
      codeBytes += sizes.codeBytes;
      assert(owned >= (lowShares[file] ?? 0.8), `owners have ${owned}`);
    });
  }

  it('give at least 80 % of all code to a pallet or a crate of the team', () => {
    assert(ownedBytes / codeBytes >= 0.8, `${ownedBytes} of ${codeBytes}`);
  });

  it('has none for a blob that is cut off', async () => {
    const raw = await decompress(readFileSync(path('shell-2.compact.compressed.wasm')), LIMIT);
    assert(raw.kind === 'ok');
    const { sizes, problem } = await inspect(raw.raw.subarray(0, -1000), LIMIT, { sizes: { depth: 'functions' } });
    assert.deepEqual([sizes, problem?.kind], [undefined, 'damaged-module']);
  });
});
