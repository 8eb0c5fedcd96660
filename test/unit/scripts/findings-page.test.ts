import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { findingsPage } from '../../../scripts/findings-page.ts';
import { ruleInfos } from '../../../src/check/rules/index.ts';

const file = new URL('../../../docs/findings.md', import.meta.url);

describe('docs/findings.md', () => {
  it('is what the rules say (UPDATE_GOLDEN=1 writes it)', () => {
    if (process.env['UPDATE_GOLDEN'] === '1') {
      mkdirSync(new URL('.', file), { recursive: true });
      writeFileSync(file, findingsPage());
    }
    assert.equal(readFileSync(file, 'utf8'), findingsPage());
  });

  it('has a section for every rule, with its id as the anchor', () => {
    const headings = Array.from(findingsPage().matchAll(/^### (.+)$/gm), ([, heading]) => heading);
    assert.deepEqual(headings, ruleInfos.map(({ id }) => id).sort());
  });
});
