import assert from 'node:assert/strict';
import { readPicked } from '../../../../src/editor/discovery/blob-runtimes.ts';
import { InputError } from '../../../../src/runtime/input-error.ts';
import { COMPRESSED, useBuildTree } from './build-tree.ts';

describe('readPicked', () => {
  const tree = useBuildTree();

  it('creates a runtime without a workspace folder', async () => {
    const path = tree.write('my.compact.compressed.wasm', COMPRESSED);
    const { id, name, blob, workspaceFolder } = await readPicked(path);
    assert.deepEqual([id, name, blob.variant, blob.bytes], [path, 'my', 'compressed', COMPRESSED.length]);
    assert.equal(workspaceFolder, undefined);
  });

  it('accepts any file', async () => {
    const path = tree.write('spec.json', '{}');
    assert.equal((await readPicked(path)).name, 'spec.json');
  });

  it('creates a runtime for each code of a chain spec', async () => {
    const path = tree.write('quartz.json', '{}');
    const { id, name, blob, substituteBlock } = await readPicked(path, '1161532');
    assert.deepEqual([id, name], [`${path}#1161532`, 'quartz.json#1161532']);
    assert.deepEqual([blob.path, substituteBlock], [path, '1161532']);
    assert.equal((await readPicked(path)).id, path);
  });

  it('rejects an absent file', async () => {
    await assert.rejects(
      readPicked(tree.path('none.wasm')),
      (error) => error instanceof InputError && error.code === 'missing',
    );
  });
});
