import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { generatedFiles } from '../../../scripts/generate/generated-files.ts';

describe('the generated files', () => {
  for (const { path, text } of generatedFiles) {
    it(`${path} is up to date (npm run generate writes it)`, () => {
      const file = new URL(`../../../${path}`, import.meta.url);
      if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(file, text());
      assert.equal(readFileSync(file, 'utf8'), text());
    });
  }
});
