import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import type { Report as PublishedReport } from '../../../media/api.d.ts';
import { generatedFiles } from '../../../scripts/generate/generated-files.ts';
import type { Report } from '../../../src/model/report.ts';
import { accepted } from '../../support/sample-reports.ts';

describe('the generated files', () => {
  for (const { path, text } of generatedFiles) {
    it(`${path} is up to date (npm run generate writes it)`, () => {
      const file = new URL(`../../../${path}`, import.meta.url);
      if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(file, text());
      assert.equal(readFileSync(file, 'utf8'), text());
    });
  }

  it("media/api.d.ts declares the model's report (checked by the compiler)", () => {
    const published: PublishedReport = accepted;
    const own: Report = published;
    assert.equal(own, accepted);
  });
});
