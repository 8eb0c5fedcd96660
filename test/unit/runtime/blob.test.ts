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

describe('reading a runtime', () => {
  const folder = useTempFolder();

  it('tells path, container, bytes and the hash of the bytes as stored', async () => {
    const path = folder.write('a.txt', `${HEX}\n`);
    const blob = await readRuntime(path);
    assert.equal(blob.path, path);
    assert.equal(blob.container, 'hex');
    assert.deepEqual(blob.stored, TINY_MODULE);
    assert.equal(blob.codeHash, toHex(blake2b256(TINY_MODULE)));
  });

  it('takes the code substitute that a fragment names', async () => {
    const spec = { genesis: { runtimeGenesis: { code: OTHER } }, codeSubstitutes: { '42': HEX, '0xAB': OTHER } };
    const file = folder.write('spec.json', JSON.stringify(spec));
    const blob = await readRuntime(`${file}#42`);
    assert.deepEqual([blob.path, blob.file], [`${file}#42`, file]);
    assert.deepEqual(blob.stored, TINY_MODULE);
    assert.equal(toHex((await readRuntime(`${file}#0xAB`)).stored), OTHER);
    assert.equal(toHex((await readRuntime(file)).stored), OTHER);
    await assert.rejects(readRuntime(`${file}#43`), { code: 'unknown-substitute', path: `${file}#43` });
  });

  it('prefers a file whose own name has the #', async () => {
    folder.write('spec.json', JSON.stringify({ codeSubstitutes: { '42': OTHER } }));
    const literal = folder.write('spec.json#42', TINY_MODULE);
    assert.deepEqual((await readRuntime(literal)).stored, TINY_MODULE);
  });

  it('names the path as given when neither file is there', async () => {
    const path = folder.path('spec.json#42');
    await assert.rejects(readRuntime(path), { code: 'missing', path });
  });

  it('refuses a fragment on a file without substitutes', async () => {
    const file = folder.write('a.wasm', TINY_MODULE);
    await assert.rejects(readRuntime(`${file}#42`), { code: 'unknown-substitute', remedy: /has no code substitutes/ });
  });

  it('hands on bound and signal', async () => {
    const path = folder.write('a.wasm', TINY_MODULE);
    await assert.rejects(readRuntime(path, { maxFileBytes: 8 }), { code: 'too-large' });
    const reason = new Error('enough');
    await assert.rejects(readRuntime(path, { signal: AbortSignal.abort(reason) }), reason);
  });
});

describe('the state of a runtime that is unchanged', () => {
  const folder = useTempFolder();
  const later = new Date(Date.now() + 60_000);

  it('is that of its reading, when nothing happened', async () => {
    const blob = await readRuntime(folder.write('a.wasm', TINY_MODULE));
    assert.equal(await unchangedState(blob), blob.state);
  });

  it('is the present one, when it was touched or written again with the same content', async () => {
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

  it('is the present one, when only other parts of the chain spec changed', async () => {
    const spec = (name: string) => JSON.stringify({ name, genesis: {}, codeSubstitutes: { '1': HEX } });
    const file = folder.write('spec.json', spec('one'));
    const blob = await readRuntime(`${file}#1`);
    folder.write('spec.json', spec('another'));
    assert.deepEqual(await unchangedState(blob), await stateOf(blob.file));
  });

  it('is none, with other content of the same size', async () => {
    const blob = await readRuntime(folder.write('a.wasm', TINY_MODULE));
    folder.write('a.wasm', TINY_MODULE.toReversed());
    utimesSync(blob.file, later, later);
    assert.equal(await unchangedState(blob), undefined);
  });

  it('is none, when it is gone or empty', async () => {
    const blob = await readRuntime(folder.write('a.wasm', TINY_MODULE));
    folder.write('a.wasm', '');
    assert.equal(await unchangedState(blob), undefined);
    rmSync(blob.file);
    assert.equal(await unchangedState(blob), undefined);
  });

  it("ends with the signal's reason", async () => {
    const blob = await readRuntime(folder.write('a.wasm', TINY_MODULE));
    folder.write('a.wasm', 'other');
    const reason = new Error('enough');
    await assert.rejects(unchangedState(blob, { signal: AbortSignal.abort(reason) }), reason);
  });
});
