import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { MetadataResult, Pallet, RuntimeMetadata } from '../../../src/model/metadata.ts';
import { changeText } from '../../../src/model/metadata-change-text.ts';
import { metadataChanges } from '../../../src/model/metadata-changes.ts';
import { metadataProblem } from '../../../src/model/metadata-problem.ts';
import { typeText } from '../../../src/model/type-text.ts';
import { readMetadata } from '../../../src/runtime/metadata/read-metadata.ts';
import { describeWithCorpus } from '../../support/corpus.ts';
import { fakeRuntime, instructions, opaqueAnswer, pointer } from '../../support/metadata-runtime.ts';

const bombLimit = 2 ** 26;
const example = path.join(import.meta.dirname, '../../../examples/tally/blobs/tally_runtime.compact.compressed.wasm');

describe('readMetadata', function () {
  this.timeout(120_000);

  it('reads the metadata of a compressed runtime', async () => {
    const result = await readMetadata(readFileSync(example), { bombLimit });
    assert(result.kind === 'read');
    assert.equal(result.metadata.version, 16);
    assert.ok(result.metadata.pallets.some(({ name }) => name === 'System'));
    // It has no CheckMetadataHash.
    assert.deepEqual(result.hashes, { found: [] });
  });

  const hostile: readonly (readonly [title: string, module: () => Uint8Array, kind: MetadataResult['kind']])[] = [
    ['that answers with garbage', () => fakeRuntime({ answer: opaqueAnswer(new Uint8Array(999).fill(7)) }), 'damaged'],
    ['that offers no metadata', () => fakeRuntime({ answer: Uint8Array.of(0) }), 'failed'],
    ['that answers with nothing', () => fakeRuntime({ answer: new Uint8Array() }), 'failed'],
    ['that traps', () => fakeRuntime({ answer: instructions.trap }), 'failed'],
    ['that calls itself for ever', () => fakeRuntime({ answer: instructions.endlessRecursion }), 'failed'],
    ['whose answer is outside its memory', () => fakeRuntime({ answer: instructions.outOfBounds }), 'failed'],
    ['that grows its memory for ever', () => fakeRuntime({ answer: instructions.endlessGrowth }), 'out-of-memory'],
    [
      'that answers with 100 MB',
      () => fakeRuntime({ answer: pointer(1024, 100_000_000), memory: 1700 }),
      'out-of-memory',
    ],
    ['that answers with 5 MB', () => fakeRuntime({ answer: opaqueAnswer(new Uint8Array(5_000_000)) }), 'too-large'],
    ['that is no module', () => new TextEncoder().encode('not a module'), 'no-module'],
    ['that is cut off', () => readFileSync(example).subarray(0, 100_000), 'no-module'],
  ];
  for (const [title, module, kind] of hostile) {
    it(`gives a reason for a runtime ${title}`, async () => {
      const result = await readMetadata(module(), { bombLimit });
      assert.equal(result.kind, kind, JSON.stringify(result));
      assert.match(metadataProblem(result) ?? '', /^The .*\.$/);
    });
  }

  it('ends an endless loop', async () => {
    const result = await readMetadata(fakeRuntime({ answer: instructions.endlessLoop }), {
      bombLimit,
      timeoutMs: 3000,
    });
    assert.deepEqual(result, { kind: 'timed-out', afterMs: 3000 });
  });

  it('ends with the signal', async () => {
    const abort = new AbortController();
    const reading = readMetadata(fakeRuntime({ answer: instructions.endlessLoop }), {
      bombLimit,
      signal: abort.signal,
    });
    setTimeout(() => abort.abort(new Error('enough')), 500);
    await assert.rejects(reading, /enough/);
  });
});

/** Metadata versions, as other tools read them. */
const versions: Readonly<Record<string, number>> = {
  'hydration-hydradx-408': 16,
  'bridge-hub-paseo-2000006': 16,
  'robonomics-43': 16,
  'asset-hub-polkadot-statemint-1004002': 15,
  'acala-mandala-2180': 14,
  'centrifuge-altair-1028': 14,
  'interlay-kintsugi-1020000': 14,
  'shell-2': 14,
  'bridge-hub-polkadot-9382': 14,
  'glutton-kusama-1300-1': 14,
  'zeitgeist-genesis-own-memory': 13,
  'centrifuge-altair-1003-uncompressed': 13,
  'asset-hub-kusama-genesis-uncompressed': 12,
  'asset-hub-westend-genesis': 12,
};

describeWithCorpus('the metadata of real runtimes', (corpus) => {
  const read = (file: string, token?: { symbol: string; decimals: number }) =>
    readMetadata(readFileSync(corpus.path(file)), { bombLimit, ...(token && { token }) });

  for (const { name, file, group } of corpus.blobs) {
    if (group !== 'pvf') continue;
    it(`is read from ${name}`, async function () {
      this.timeout(60_000);
      const result = await read(file);
      if (result.kind === 'ancient') return assert.equal(result.version, versions[name]);
      assert(result.kind === 'read', JSON.stringify(result));
      assert.equal(result.metadata.version, versions[name]);
      assert.ok(result.metadata.pallets.some(({ name: pallet }) => /System/.test(pallet)));
    });
  }

  it('has the hash compiled in where the release was built with it', async function () {
    this.timeout(60_000);
    const result = await read('asset-hub-polkadot-statemint-1004002.compact.compressed.wasm', {
      ...{ symbol: 'DOT', decimals: 10 },
    });
    assert(result.kind === 'read');
    assert.match(result.hashes.computed ?? '', /^0xd9b3b80c87755c47/);
    assert.deepEqual(result.hashes.found, [result.hashes.computed]);
  });

  it('has another hash for another token', async function () {
    this.timeout(60_000);
    const result = await read('asset-hub-polkadot-statemint-1004002.compact.compressed.wasm', {
      ...{ symbol: 'DOT', decimals: 12 },
    });
    assert(result.kind === 'read');
    assert.ok(!result.hashes.found.includes(result.hashes.computed ?? ''));
  });

  describe('of two releases', function () {
    this.timeout(120_000);
    const pairs = [
      [
        'pairs/bridge-hub-paseo-1009002.compact.compressed.wasm',
        'pairs/bridge-hub-paseo-1009003.compact.compressed.wasm',
      ],
      ['pairs/bridge-hub-paseo-1009003.compact.compressed.wasm', 'bridge-hub-paseo-2000006.compact.compressed.wasm'],
      ['bridge-hub-polkadot-9382.compact.compressed.wasm', 'bridge-hub-paseo-2000006.compact.compressed.wasm'],
    ] as const;
    const known = new Map<string, RuntimeMetadata>();
    const metadataOf = async (file: string) => {
      const result = known.has(file) ? undefined : await read(file);
      if (result?.kind === 'read') known.set(file, result.metadata);
      const metadata = known.get(file);
      assert(metadata, file);
      return metadata;
    };

    for (const [older, newer] of pairs) {
      it(`has the changes that subwasm diff prints: ${path.basename(older)} to ${path.basename(newer)}`, async () => {
        const [was, now] = [await metadataOf(older), await metadataOf(newer)];
        const changes = metadataChanges(was, now);
        const changed = new Set(changes.filter(isAboutPallet).map(({ path: place }) => place.split('.')[0]));
        const theirs = subwasm(was, now);
        // Everything that subwasm prints is found here, too. Here are also storage types and types inside of types.
        assert.deepEqual(
          [...theirs.changed].filter((name) => !changed.has(name)),
          [],
        );
        const needs = changes.some((change) => change.class === 'needs-transaction-version');
        assert.equal(needs, theirs.needsTransactionVersion);
      });
    }

    it('has no change between two builds of the same sources', async () => {
      const [[older, newer]] = pairs;
      assert.deepEqual(metadataChanges(await metadataOf(older), await metadataOf(newer)), []);
    });

    it('names a call that is gone, storage with another type, and a pallet that is gone', async () => {
      const [, , [older, newer]] = pairs;
      const changes = metadataChanges(await metadataOf(older), await metadataOf(newer));
      const texts = changes.map((change) => `${change.class}: ${changeText(change)}`);
      for (const expected of [
        'needs-transaction-version: call Balances.set_balance removed (index 1)',
        'needs-transaction-version: pallet DmpQueue removed (index 33)',
        'needs-migration: storage Session.DisabledValidators retyped from Vec<u32> to Vec<(u32, OffenceSeverity)>',
        'breaks-clients: call Balances.transfer_allow_death renamed from transfer to transfer_allow_death',
      ]) {
        assert.ok(texts.includes(expected), expected);
      }
    });
  });
});

function isAboutPallet({ subject }: { subject: string }): boolean {
  return !['api', 'method', 'extension'].includes(subject);
}

/**
 * What `subwasm diff` finds, by the rules of its crate substrate-differ: pallets, calls, events and errors by index, types
 * by name, no storage types, no extensions. It asks for a new transaction version when a call is gone, or has another name
 * of a type. (It also asks for one when a pallet is added, and for none when a pallet is removed: FRAME says the opposite,
 * so that is left out here.)
 */
function subwasm(older: RuntimeMetadata, newer: RuntimeMetadata) {
  const changed = new Set<string>();
  let needsTransactionVersion = false;
  const byIndex = new Map(newer.pallets.map((pallet) => [pallet.index, pallet]));
  for (const was of older.pallets) {
    const now = byIndex.get(was.index);
    if (now === undefined || now.name !== was.name) {
      changed.add(was.name);
      needsTransactionVersion ||= was.calls.length > 0;
      continue;
    }
    if (itemsOf(was, older) !== itemsOf(now, newer)) changed.add(now.name);
    for (const call of was.calls) {
      const same = now.calls.find(({ index }) => index === call.index);
      const types = (fields: typeof call.fields, { types: all }: RuntimeMetadata) =>
        fields.map((field) => typeText(all, field.type));
      const isChanged = same && types(call.fields, older).join() !== types(same.fields, newer).join();
      needsTransactionVersion ||= same === undefined || isChanged === true;
    }
  }
  for (const { index, name } of newer.pallets) if (!older.pallets.some((was) => was.index === index)) changed.add(name);
  return { changed, needsTransactionVersion };
}

/** The names and indices that it compares. The version changes with every release, and is left out. */
function itemsOf({ calls, events, errors, storage, constants, name }: Pallet, { types }: RuntimeMetadata): string {
  const variants = [calls, events, errors].map((list) =>
    list
      .map(
        (item) =>
          `${item.index} ${item.name} ${item.fields.map((field) => `${field.name} ${typeText(types, field.type)}`)}`,
      )
      .toSorted(),
  );
  const values = constants.filter((constant) => `${name}.${constant.name}` !== 'System.Version');
  const names = [storage.map((item) => item.name), values.map((constant) => `${constant.name} ${constant.value}`)];
  return JSON.stringify([variants, names.map((list) => list.toSorted())]);
}
