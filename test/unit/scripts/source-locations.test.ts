import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { transformSync } from 'esbuild';
import { withSourceLocations } from '../../../scripts/vscode-rig/source-locations.ts';

describe('withSourceLocations', () => {
  let folder = '';
  before(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'suite-'));
    const source = '\n\n// why\nfunction f() { throw new Error("x"); }\nf();\n';
    const { map } = transformSync(source, { sourcemap: 'external', sourcefile: 'a.test.ts' });
    writeFileSync(path.join(folder, 'a.test.js.map'), map);
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('replaces locations in the bundle by those in the sources', () => {
    const stack = `Error: x\n    at f (out/${path.basename(folder)}/a.test.js:2:9)\n    at node:internal/timers:574:21`;
    assert.equal(
      withSourceLocations(stack, folder, folder),
      'Error: x\n    at f (a.test.ts:4:22)\n    at node:internal/timers:574:21',
    );
  });

  it('keeps a location without a source map', () => {
    const stack = `at f (${folder}/b.js:1:1)`;
    assert.equal(withSourceLocations(stack, folder, folder), stack);
  });
});
