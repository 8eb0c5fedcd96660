/** The inputs of real teams that are no runtime (`field/cases.json` of the corpus). */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import type { InputProblemId } from '../../../src/model/input-problem.ts';
import { readRuntime } from '../../../src/runtime/blob.ts';
import { unpack } from '../../../src/runtime/container.ts';
import { InputError } from '../../../src/runtime/input-error.ts';
import { transitDamage } from '../../../src/runtime/recognize/transit-damage.ts';
import { describeWithCorpus } from '../../support/corpus.ts';
import { withCrlf } from '../../support/foreign-files.ts';

const wanted: Readonly<Record<string, readonly [id: InputProblemId, says: RegExp]>> = {
  'exported-through-a-terminal-crlf.wasm': ['crlf-damage', /all its 1 390 line feeds have become CR LF.*without -t/],
  'archive.zip': ['zip-archive', /"para-wasm" looks like a runtime/],
  'web-page.compact.compressed.wasm': ['html-page', /an HTML page with the title "chain-specs\/example/],
  'git-lfs-pointer.compact.compressed.wasm': ['git-lfs-pointer', /oid abab.*git lfs pull/],
  'not-found-text.compact.compressed.wasm': ['text', /text of 9 bytes: "Not Found"/],
  'spec-with-empty-code.json': ['empty-code', /SKIP_WASM_BUILD/],
  'spec-with-empty-code-raw.json': ['empty-code', /SKIP_WASM_BUILD/],
  'srtool-digest.json': ['srtool-digest', /example_runtime\.compact\.compressed\.wasm/],
};

describeWithCorpus('inputs from the field', (corpus) => {
  for (const [file, [id, says]] of Object.entries(wanted)) {
    it(`${file}: ${id}`, () =>
      assert.rejects(readRuntime(corpus.path(path.join('field', file))), (error) => {
        assert.ok(error instanceof InputError);
        assert.equal(error.code, id);
        assert.match(`${error.message} ${error.remedy}`, says);
        return true;
      }));
  }

  it('lists every case that is no runtime', () => {
    const { cases } = JSON.parse(readFileSync(corpus.path('field/cases.json'), 'utf8')) as {
      readonly cases: readonly { readonly file: string; readonly wanted: string }[];
    };
    const inputs = cases.filter((one) => /exit 2|as above/.test(one.wanted)).map(({ file }) => file);
    assert.deepEqual(inputs.sort(), Object.keys(wanted).sort());
  });

  it('takes no real blob for a damaged one, and every one with CR LF for one', () => {
    for (const { file } of corpus.blobs) {
      const content = new Uint8Array(readFileSync(corpus.path(file)));
      const { stored, unwrapped, container } = unpack(file, content);
      assert.deepEqual([unwrapped, Buffer.compare(stored, content)], [undefined, 0], file);
      if (container !== 'wasm' && container !== 'compressed-wasm') continue;
      assert.equal(transitDamage(withCrlf(content), container)?.id, 'crlf-damage', file);
    }
  }).timeout(120_000);

  it('takes a real blob out of gzip', async () => {
    const [first] = corpus.blobs;
    assert.ok(first);
    const content = new Uint8Array(readFileSync(corpus.path(first.file)));
    const { stored, unwrapped } = unpack('x', gzipSync(content, { level: 1 }));
    assert.deepEqual([unwrapped, Buffer.compare(stored, content)], [['gzip'], 0]);
  });
});
