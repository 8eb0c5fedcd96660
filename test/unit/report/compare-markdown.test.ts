import assert from 'node:assert/strict';
import { compareMarkdown } from '../../../src/report/compare-markdown.ts';
import { accepted, estimated, inspected, overBudget } from '../../support/sample-reports.ts';
import { withStored } from '../editor/views/samples.ts';

describe('compareMarkdown', () => {
  it('shows the changes', () => {
    const older = { ...withStored(accepted, 3_000_000), findings: [] };
    const text = compareMarkdown(older, accepted);
    assert.match(text, /\| Stored size \| 2\.86 MiB \| 2\.99 MiB \| \+4\.5 % \|/);
    assert.match(text, /## New findings\n\n- \*\*\w+\*\* `/);
  });

  it('shows the grade and worker of each report', () => {
    const text = compareMarkdown(inspected, overBudget);
    assert.match(text, /- \*\*Older\*\*: unusable, 2026/);
    assert.match(text, /- \*\*Newer\*\*: accepted, but over budget, worker: official 1\.25\.1, 2026/);
  });

  it('does not compare an estimate with a measurement', () => {
    const text = compareMarkdown(accepted, estimated);
    assert.match(text, /\| CPU time \|[^|]+\|[^|]+\| {2}\|/);
    assert.match(text, /can't be compared/);
  });

  it('points out identical blobs, and shows no change of their times', () => {
    const { stats } = accepted;
    assert.ok(stats);
    const again = { ...accepted, stats: { ...stats, cpuTimeMs: 20_000 } };
    const text = compareMarkdown(accepted, again);
    assert.match(text, /byte for byte/);
    assert.match(text, /\| CPU time \| 23\.11 s \| 20 s \| {2}\|/);
    assert.match(text, /\| Stored size \|[^|]+\|[^|]+\| = \|/);
  });
});
