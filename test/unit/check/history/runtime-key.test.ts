import assert from 'node:assert/strict';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runtimeKey } from '../../../../src/check/history/runtime-key.ts';
import { withWorkbench } from '../../../support/workbench.ts';

/** The ids of files, in a folder with a repository unless told otherwise. */
async function idsOf(files: readonly string[], isRepository = true): Promise<string[]> {
  const ids: string[] = [];
  await withWorkbench(async ({ folder }) => {
    mkdirSync(join(folder, 'root', isRepository ? '.git' : 'x'), { recursive: true });
    if (isRepository) writeFileSync(join(folder, 'root/.git/HEAD'), 'ref: refs/heads/main\n');
    for (const file of files) ids.push((await runtimeKey({ file: join(folder, 'root', file) })).id);
  });
  return ids;
}

const built = (profile: string, crate = 'my-runtime', end = '.compact.compressed.wasm', target = 'target') =>
  `${target}/${profile}/wbuild/${crate}/${crate.replaceAll('-', '_')}${end}`;

describe('runtimeKey', () => {
  it('is the same for every profile and every file of a build', async () => {
    for (const isRepository of [true, false]) {
      const ids = await idsOf(
        [
          built('debug'),
          built('release'),
          built('production'),
          built('srtool/release'),
          built('release', 'my-runtime', '.compact.wasm'),
          built('release', 'my-runtime', '.wasm'),
        ],
        isRepository,
      );
      assert.equal(new Set(ids).size, 1);
    }
  });

  it('differs between crates, workspaces and files', async () => {
    const ids = await idsOf([
      built('release'),
      built('release', 'other-runtime'),
      built('release', 'my-runtime', '.wasm', 'other/target'),
      'releases/my_runtime.wasm',
      'releases/other_runtime.wasm',
    ]);
    assert.equal(new Set(ids).size, ids.length);
  });

  it('is the same for a link to the file, and differs between the codes of a chain spec', () =>
    withWorkbench(async ({ folder }) => {
      const file = join(folder, 'spec.json');
      writeFileSync(file, '{}');
      symlinkSync(file, join(folder, 'link.json'));
      const [own, linked, code] = await Promise.all([
        runtimeKey({ file }),
        runtimeKey({ file: join(folder, 'link.json') }),
        runtimeKey({ file, codeAt: 'codeSubstitutes.1161532' }),
      ]);
      assert.equal(own?.id, linked?.id);
      assert.notEqual(own?.id, code?.id);
    }));
});
