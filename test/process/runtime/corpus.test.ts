import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { toHex } from '../../../src/base/bytes.ts';
import { blake2b256 } from '../../../src/base/hash.ts';
import { readRuntime } from '../../../src/runtime/blob.ts';
import { decompress, describeCompression } from '../../../src/runtime/compression.ts';
import { inspect, type RuntimeFacts } from '../../../src/runtime/inspect.ts';
import { inspectInThread } from '../../../src/runtime/inspect-in-thread.ts';
import { type CorpusBlob, describeWithCorpus } from '../../support/corpus.ts';
import { engineReads } from '../../unit/runtime/engine.ts';

const LIMIT = 50 * 1024 * 1024;

/** The version in the manifest as `RuntimeFacts`; undefined when the manifest has none. */
function expectedVersion({ runtime_version: version }: CorpusBlob): RuntimeFacts['runtimeVersion'] {
  if (!version || version.transaction_version === undefined) return undefined;
  return {
    specName: version.spec_name,
    implName: version.impl_name,
    authoringVersion: version.authoring_version,
    specVersion: version.spec_version,
    implVersion: version.impl_version,
    transactionVersion: version.transaction_version,
    ...(version.state_version !== undefined && { stateVersion: version.state_version }),
  };
}

function bytesOf(facts: RuntimeFacts, name: string): number | undefined {
  return facts.sections?.find((section) => section.name === name)?.bytes;
}

function assertModule(facts: RuntimeFacts, blob: CorpusBlob): void {
  const functions = facts.imports?.filter(({ kind }) => kind === 'function');
  assert.equal(facts.problem, undefined);
  assert.equal(facts.functions, blob.functions_defined);
  assert.equal(functions?.length, blob.imported_host_functions);
  assert.deepEqual(functions?.map(({ name }) => name).sort(), blob.host_functions?.toSorted());
  assert.equal(bytesOf(facts, 'code'), blob.code_section_bytes);
  assert.equal(bytesOf(facts, 'data'), blob.data_section_bytes);
  for (const custom of blob.custom_sections ?? []) assert.equal(bytesOf(facts, custom.name), custom.bytes);
  assert.equal(facts.memory?.imported, blob.mem?.imported);
  assert.equal(facts.memory?.min, blob.mem?.min);
  assert.equal(facts.memory?.max ?? null, blob.mem?.max);
  assert.equal(
    facts.exports?.some(({ name }) => name === 'validate_block'),
    blob.exports_validate_block,
  );
}

/** Compares with the reader of the JavaScript engine. */
function assertMatchesEngine(facts: RuntimeFacts, raw: Uint8Array): void {
  const { imports, exports } = engineReads(raw);
  assert.deepEqual(
    facts.imports?.map(({ module, name, kind }) => ({ module, name, kind })),
    imports.map(({ module, name, kind }) => ({ module, name, kind })),
  );
  assert.deepEqual(
    facts.exports?.map(({ name, kind }) => ({ name, kind })),
    exports.map(({ name, kind }) => ({ name, kind })),
  );
}

describeWithCorpus('every blob of the corpus', (corpus) => {
  for (const blob of corpus.blobs) {
    it(`${blob.file} matches the manifest`, async () => {
      const { stored, codeHash, container } = await readRuntime(corpus.path(blob.file));
      const facts = await inspect(stored, LIMIT);
      const isPolkaVm = blob.file.endsWith('.polkavm');
      assert.equal(stored.length, blob.stored_bytes);
      assert.equal(codeHash, blob.blake2b_256);
      assert.equal(container, isPolkaVm ? 'polkavm' : blob.compressed ? 'compressed-wasm' : 'wasm');
      assert.equal(facts.compression.kind, blob.compressed ? 'zstd' : 'none');
      // The manifest has no more facts about the corrupt blob. The next test covers it.
      if (blob.raw_bytes === undefined) return;
      assert.equal(facts.rawBytes, blob.raw_bytes);
      assert.deepEqual(facts.runtimeVersion, expectedVersion(blob));
      if (blob.functions_defined === undefined) {
        assert.ok(facts.problem);
        return;
      }
      assertModule(facts, blob);
      const decompressed = await decompress(stored, LIMIT);
      assert.ok(decompressed.kind === 'ok');
      assert.equal(toHex(blake2b256(decompressed.raw)), blob.raw_blake2b_256);
      assertMatchesEngine(facts, decompressed.raw);
    }).timeout(60_000);
  }

  const corrupt = 'negative/moonbeam-genesis-corrupt-zstd.compact.compressed.wasm';
  it('has a corrupt stream that is reported as damaged, without other facts', async () => {
    const { stored } = await readRuntime(corpus.path(corrupt));
    const { problem, rawBytes, sections } = await inspect(stored, LIMIT);
    assert.ok(problem?.kind === 'damaged-compression');
    assert.equal(problem.at, 8);
    assert.deepEqual({ rawBytes, sections }, { rawBytes: undefined, sections: undefined });
  });

  it('has pairs of builds with the hashes in the manifest', async () => {
    for (const pair of corpus.pairs) {
      assert.equal((await readRuntime(corpus.path(pair.older))).codeHash, pair.older_blake2b_256);
      assert.equal((await readRuntime(corpus.path(pair.newer))).codeHash, pair.newer_blake2b_256);
    }
  });

  it('has the level of a header with a window, and the content size of a header with one', async () => {
    const compressionOf = async (file: string) => describeCompression((await readRuntime(corpus.path(file))).stored);
    const shell = await compressionOf('shell-2.compact.compressed.wasm');
    assert.deepEqual(shell, { kind: 'zstd', level: 3, windowLog: 21 });
    const derived = await compressionOf('derived/shell-2-no-names.compact.compressed.wasm');
    assert.deepEqual(derived, { kind: 'zstd', contentSize: 1_193_453 });
  });

  it('reads a raw chain spec', async () => {
    const path = corpus.path('specs/tick.json');
    const { container, stored } = await readRuntime(path);
    const spec = JSON.parse(readFileSync(path, 'utf8')) as { genesis: { raw: { top: Record<string, string> } } };
    assert.equal(container, 'chain-spec');
    assert.equal(toHex(stored), spec.genesis.raw.top['0x3a636f6465']);
    const { specName, problem } = await inspect(stored, LIMIT);
    assert.deepEqual({ specName, problem }, { specName: 'test-parachain', problem: undefined });
  });

  it('reads hex text in a file named .wasm', async () => {
    const path = corpus.path('specs/polimec-paseo.genesis.wasm');
    const { container, stored } = await readRuntime(path);
    assert.equal(container, 'hex');
    assert.equal(toHex(stored), readFileSync(path, 'utf8').trim());
    const { specName, problem } = await inspect(stored, LIMIT);
    assert.deepEqual({ specName, problem }, { specName: 'politest', problem: undefined });
  });

  it('has the same facts when inspected in a thread, while the caller stays responsive', async () => {
    const { stored } = await readRuntime(corpus.path('hydration-hydradx-408.compact.compressed.wasm'));
    let turns = 0;
    const counting = setInterval(() => {
      turns += 1;
    }, 1);
    const inThread = await inspectInThread(stored, LIMIT);
    clearInterval(counting);
    assert.ok(turns > 5, `the caller's thread had ${turns} turns only`);
    assert.deepEqual(inThread, await inspect(stored, LIMIT));
  });
});
