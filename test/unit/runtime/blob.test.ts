import assert from 'node:assert/strict';
import { rmSync, utimesSync } from 'node:fs';
import { toHex } from '../../../src/base/bytes.ts';
import { stateOf } from '../../../src/base/file-state.ts';
import { blake2b256 } from '../../../src/base/hash.ts';
import { readRuntime, unchangedState } from '../../../src/runtime/blob.ts';
import { TINY_MODULE } from './samples.ts';
import { useTempFolder } from './temp-folder.ts';

const HEX = toHex(TINY_MODULE);
const OTHER = '0x0061736d02000000';

describe('readRuntime', () => {
  const folder = useTempFolder();

  it('returns path, container, stored bytes and their hash', async () => {
    const path = folder.write('a.txt', `${HEX}\n`);
    const blob = await readRuntime(path);
    assert.equal(blob.path, path);
    assert.equal(blob.container, 'hex');
    assert.deepEqual(blob.stored, TINY_MODULE);
    assert.equal(blob.codeHash, toHex(blake2b256(TINY_MODULE)));
  });

  it('reads the code substitute that a fragment selects', async () => {
    const spec = { genesis: { runtimeGenesis: { code: OTHER } }, codeSubstitutes: { '42': HEX, '0xAB': OTHER } };
    const file = folder.write('spec.json', JSON.stringify(spec));
    const blob = await readRuntime(`${file}#42`);
    assert.deepEqual([blob.path, blob.file], [`${file}#42`, file]);
    assert.deepEqual(blob.stored, TINY_MODULE);
    assert.equal(toHex((await readRuntime(`${file}#0xAB`)).stored), OTHER);
    assert.equal(toHex((await readRuntime(file)).stored), OTHER);
    await assert.rejects(readRuntime(`${file}#43`), { code: 'unknown-substitute', path: `${file}#43` });
  });

  it('prefers a file whose name contains the #', async () => {
    folder.write('spec.json', JSON.stringify({ codeSubstitutes: { '42': OTHER } }));
    const literal = folder.write('spec.json#42', TINY_MODULE);
    assert.deepEqual((await readRuntime(literal)).stored, TINY_MODULE);
  });

  it('reports the given path when neither file exists', async () => {
    const path = folder.path('spec.json#42');
    await assert.rejects(readRuntime(path), { code: 'missing', path });
  });

  it('rejects a fragment for a file without substitutes', async () => {
    const file = folder.write('a.wasm', TINY_MODULE);
    await assert.rejects(readRuntime(`${file}#42`), { code: 'unknown-substitute', remedy: /has no code substitutes/ });
  });

  it('respects size limit and signal', async () => {
    const path = folder.write('a.wasm', TINY_MODULE);
    await assert.rejects(readRuntime(path, { maxFileBytes: 8 }), { code: 'too-large' });
    const reason = new Error('enough');
    await assert.rejects(readRuntime(path, { signal: AbortSignal.abort(reason) }), reason);
  });
});

describe('unchangedState', () => {
  const folder = useTempFolder();
  const later = new Date(Date.now() + 60_000);

  it('returns the original state of an untouched file', async () => {
    const blob = await readRuntime(folder.write('a.wasm', TINY_MODULE));
    assert.equal(await unchangedState(blob), blob.state);
  });

  it('returns the new state of a file that was touched or rewritten with the same content', async () => {
    const blob = await readRuntime(folder.write('a.wasm', TINY_MODULE));
    utimesSync(blob.file, later, later);
    const touched = await unchangedState(blob);
    assert.deepEqual(touched, await stateOf(blob.file));
    assert.notDeepEqual(touched, blob.state);
    rmSync(blob.file);
    folder.write('a.wasm', TINY_MODULE);
    const rewritten = await unchangedState(blob);
    assert.deepEqual(rewritten, await stateOf(blob.file));
    assert.notDeepEqual(rewritten, touched);
  });

  it('returns the new state when only other parts of the chain spec changed', async () => {
    const spec = (name: string) => JSON.stringify({ name, genesis: {}, codeSubstitutes: { '1': HEX } });
    const file = folder.write('spec.json', spec('one'));
    const blob = await readRuntime(`${file}#1`);
    folder.write('spec.json', spec('another'));
    assert.deepEqual(await unchangedState(blob), await stateOf(blob.file));
  });

  it('returns undefined for other content of the same size', async () => {
    const blob = await readRuntime(folder.write('a.wasm', TINY_MODULE));
    folder.write('a.wasm', TINY_MODULE.toReversed());
    utimesSync(blob.file, later, later);
    assert.equal(await unchangedState(blob), undefined);
  });

  it('returns undefined for a missing or empty file', async () => {
    const blob = await readRuntime(folder.write('a.wasm', TINY_MODULE));
    folder.write('a.wasm', '');
    assert.equal(await unchangedState(blob), undefined);
    rmSync(blob.file);
    assert.equal(await unchangedState(blob), undefined);
  });

  it("rejects with the signal's reason", async () => {
    const blob = await readRuntime(folder.write('a.wasm', TINY_MODULE));
    folder.write('a.wasm', 'other');
    const reason = new Error('enough');
    await assert.rejects(unchangedState(blob, { signal: AbortSignal.abort(reason) }), reason);
  });
});
