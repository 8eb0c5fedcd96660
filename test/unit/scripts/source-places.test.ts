import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { transformSync } from 'esbuild';
import { withSourcePlaces } from '../../../scripts/vscode-rig/source-places.ts';

describe('places in a stack trace of a bundled suite', () => {
  let folder = '';
  before(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'suite-'));
    const source = '\n\n// why\nfunction f() { throw new Error("x"); }\nf();\n';
    const { map } = transformSync(source, { sourcemap: 'external', sourcefile: 'a.test.ts' });
    writeFileSync(path.join(folder, 'a.test.js.map'), map);
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('are told as they are in the sources', () => {
    const stack = `Error: x\n    at f (out/${path.basename(folder)}/a.test.js:2:9)\n    at node:internal/timers:574:21`;
    assert.equal(
      withSourcePlaces(stack, folder, folder),
      'Error: x\n    at f (a.test.ts:4:22)\n    at node:internal/timers:574:21',
    );
  });

  it('stay as they are where there is no source map', () => {
    const stack = `at f (${folder}/b.js:1:1)`;
    assert.equal(withSourcePlaces(stack, folder, folder), stack);
  });
});
