import assert from 'node:assert/strict';
import { findingsPage } from '../../../scripts/generate/findings-page.ts';
import { ruleInfos } from '../../../src/check/rules/index.ts';

describe('docs/findings.md', () => {
  it('has a section for every rule, with its id as the anchor', () => {
    const headings = Array.from(findingsPage().matchAll(/^### (.+)$/gm), ([, heading]) => heading);
    assert.deepEqual(headings, ruleInfos.map(({ id }) => id).sort());
  });
});
