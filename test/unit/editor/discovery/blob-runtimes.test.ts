import assert from 'node:assert/strict';
import { readPicked } from '../../../../src/editor/discovery/blob-runtimes.ts';
import { InputError } from '../../../../src/runtime/input-error.ts';
import { COMPRESSED, useBuildTree } from './build-tree.ts';

describe('a picked file', () => {
  const tree = useBuildTree();

  it('becomes a runtime of its own, without a folder', async () => {
    const path = tree.write('my.compact.compressed.wasm', COMPRESSED);
    const { id, name, blob, workspaceFolder } = await readPicked(path);
    assert.deepEqual([id, name, blob.variant, blob.bytes], [path, 'my', 'compressed', COMPRESSED.length]);
    assert.equal(workspaceFolder, undefined);
  });

  it('may be anything', async () => {
    const path = tree.write('spec.json', '{}');
    assert.equal((await readPicked(path)).name, 'spec.json');
  });

  it('must exist', async () => {
    await assert.rejects(
      readPicked(tree.path('none.wasm')),
      (error) => error instanceof InputError && error.code === 'missing',
    );
  });
});
