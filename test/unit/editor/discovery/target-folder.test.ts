import assert from 'node:assert/strict';
import { targetDirectoriesOf } from '../../../../src/editor/discovery/target-folder.ts';

describe('targetDirectoriesOf', () => {
  it('returns unique absolute paths', () => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: VS Code's own variable
    const setting = ['out', './out', '/abs/', '~/wasm', '${workspaceFolder}/../x'];
    assert.deepEqual(targetDirectoriesOf(setting, '/w/f', '/home/me'), ['/w/f/out', '/abs', '/home/me/wasm', '/w/x']);
  });

  it('ignores values that are not paths', () => {
    for (const setting of [undefined, null, 'out', 3, {}, [3, null, ' ', {}]]) {
      assert.deepEqual(targetDirectoriesOf(setting, '/w', '/h'), []);
    }
  });
});
