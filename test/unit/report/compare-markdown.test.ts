import assert from 'node:assert/strict';
import { compareReports } from '../../../src/model/comparison.ts';
import { compareMarkdown } from '../../../src/report/compare-markdown.ts';
import { accepted, estimated, inspected, overBudget } from '../../support/sample-reports.ts';
import { withStored } from '../editor/views/samples.ts';

describe('compareMarkdown', () => {
  it('shows the changes', () => {
    const older = { ...withStored(accepted, 3_000_000), findings: [] };
    const text = compareMarkdown(compareReports(older, accepted));
    assert.match(text, /\| Stored size \| 2\.86 MiB \| 2\.99 MiB \| \+131\.9 KiB \(\+4\.5 %\) \|/);
    assert.match(text, /## New findings\n\n- \*\*\w+\*\* `/);
  });

  it('shows the grade and worker of each report', () => {
    const text = compareMarkdown(compareReports(inspected, overBudget));
    assert.match(text, /- \*\*Older\*\*: unusable, 2026-11-2\d \d\d:\d\d$/m);
    assert.match(text, /- \*\*Newer\*\*: accepted, but over budget, worker: official 1\.25\.1, 2026/);
  });

  it('names the built-in worker as everywhere else', () => {
    assert.match(compareMarkdown(compareReports(estimated, estimated)), /worker: built-in 1\.25\.1/);
    assert.doesNotMatch(compareMarkdown(compareReports(estimated, estimated)).split('## Files')[0] ?? '', /portable/);
  });

  it('shows paths and hashes at the end, and no UTC time', () => {
    const text = compareMarkdown(compareReports({ ...inspected, createdAt: '2026-11-26T04:07:30.901Z' }, accepted));
    const [first = '', files = ''] = text.split('## Files');
    assert.doesNotMatch(first.replace(/<\/?\w+>/g, ''), /0x|\/|\dZ|30\.901/);
    assert.match(files, /glutton[\s\S]*0x02933[\s\S]*hydradx[\s\S]*0x0bfef/);
  });

  it('names a runtime once if both reports are about it', () => {
    assert.match(
      compareMarkdown(compareReports(accepted, overBudget), () => 'hydradx-runtime · hydradx v408'),
      /^# hydradx-runtime · hydradx v408\n/,
    );
    assert.match(compareMarkdown(compareReports(estimated, accepted)), /^# robonomics 43 → hydradx 408\n/);
  });

  it('does not show a change within the error of an estimate', () => {
    const { stats } = estimated;
    assert.ok(stats);
    const again = { ...withStored(estimated, 780_000), stats: { ...stats, cpuTimeMs: 7100 } };
    assert.match(
      compareMarkdown(compareReports(estimated, again)),
      /\| CPU time \| ≈7\.2 s \| ≈7\.1 s \| no change within ±15 % \|/,
    );
  });

  it('does not compare an estimate with a measurement', () => {
    const text = compareMarkdown(compareReports(accepted, estimated));
    assert.match(text, /\| CPU time \|[^|]+\|[^|]+\| {2}\|/);
    assert.match(text, /can't be compared/);
  });

  it('points out identical blobs, and shows no change of their times', () => {
    const { stats } = accepted;
    assert.ok(stats);
    const again = { ...accepted, stats: { ...stats, cpuTimeMs: 20_000 } };
    const text = compareMarkdown(compareReports(accepted, again));
    assert.match(text, /byte for byte/);
    assert.match(text, /\| CPU time \| 23\.11 s \| 20 s \| {2}\|/);
    assert.match(text, /\| Stored size \|[^|]+\|[^|]+\| = \|/);
  });
});
