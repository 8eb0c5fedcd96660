import assert from 'node:assert/strict';
import { appendFileSync, rmSync } from 'node:fs';
import { BuildSigns } from '../../../../src/editor/discovery/build-signs.ts';
import { readPicked } from '../../../../src/editor/discovery/picked.ts';
import { probe } from '../../../../src/editor/discovery/probe.ts';
import { targetDirectoriesOf } from '../../../../src/editor/discovery/target-directories.ts';
import { InputError } from '../../../../src/runtime/input-error.ts';
import { COMPRESSED, useBuildTree } from './build-tree.ts';

describe('folders that a setting names', () => {
  it('are absolute paths, each once', () => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: VS Code's own variable
    const setting = ['out', './out', '/abs/', '~/wasm', '${workspaceFolder}/../x'];
    assert.deepEqual(targetDirectoriesOf(setting, '/w/f', '/home/me'), ['/w/f/out', '/abs', '/home/me/wasm', '/w/x']);
  });

  it('are none where the setting is something else', () => {
    for (const setting of [undefined, null, 'out', 3, {}, [3, null, ' ', {}]]) {
      assert.deepEqual(targetDirectoriesOf(setting, '/w', '/h'), []);
    }
  });
});

describe('how often the disk is looked at', () => {
  it('is often during a build and a while after it, else seldom', () => {
    let now = 0;
    const signs = new BuildSigns(() => now);
    const quiet = signs.pollMs;
    signs.began();
    now += 3_600_000;
    assert.ok(signs.isLikely);
    assert.ok(signs.pollMs < quiet);
    signs.ended();
    assert.ok(signs.isLikely);
    now += 3_600_000;
    assert.ok(!signs.isLikely);
    assert.equal(signs.pollMs, quiet);
    signs.seen();
    assert.ok(signs.isLikely);
  });

  it('is not thrown off by an end without a beginning', () => {
    let now = 0;
    const signs = new BuildSigns(() => now);
    signs.ended();
    signs.began();
    now += 3_600_000;
    assert.ok(signs.isLikely);
  });
});

describe('a look at known paths', () => {
  const tree = useBuildTree();

  it('differs when one appears, is written, or goes, and only then', async () => {
    const paths = [tree.path('a'), tree.path('b')];
    const looks = [await probe(paths), await probe(paths)];
    tree.write('a', 'x');
    looks.push(await probe(paths), await probe(paths));
    appendFileSync(tree.path('a'), 'y');
    looks.push(await probe(paths));
    rmSync(tree.path('a'));
    looks.push(await probe(paths));
    assert.equal(looks[0], looks[1]);
    assert.notEqual(looks[1], looks[2]);
    assert.equal(looks[2], looks[3]);
    assert.notEqual(looks[3], looks[4]);
    assert.equal(looks[5], looks[0]);
  });
});

describe('a picked file', () => {
  const tree = useBuildTree();

  it('is a runtime of its own, without a folder', async () => {
    const path = tree.write('my.compact.compressed.wasm', COMPRESSED);
    const { id, name, blob, workspaceFolder } = await readPicked(path);
    assert.deepEqual([id, name, blob.variant, blob.bytes], [path, 'my', 'compressed', COMPRESSED.length]);
    assert.equal(workspaceFolder, undefined);
  });

  it('may be anything', async () => {
    const path = tree.write('spec.json', '{}');
    assert.equal((await readPicked(path)).name, 'spec.json');
  });

  it('must be there', async () => {
    await assert.rejects(
      readPicked(tree.path('none.wasm')),
      (error) => error instanceof InputError && error.code === 'missing',
    );
  });
});
