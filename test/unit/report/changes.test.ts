import assert from 'node:assert/strict';
import type { Report } from '../../../src/model/report.ts';
import { changesText } from '../../../src/report/changes.ts';
import { formatMarkdown } from '../../../src/report/markdown.ts';
import { accepted, estimated } from '../../support/sample-reports.ts';
import { withStored } from '../editor/views/samples.ts';

const previous = (entry: Report) => ({ entry, text: 'since the previous build' });

describe('changesText', () => {
  it('lists the figures that changed', () => {
    const text = 'Since the previous build: stored size +131.9 KiB (+4.5 %).';
    assert.equal(changesText(previous(withStored(accepted, 3_000_000)), accepted), text);
  });

  it('says that nothing changed, also for the same code', () => {
    assert.equal(changesText(previous(accepted), accepted), 'Since the previous build: no change.');
  });

  it('does not call the noise of an estimate a change', () => {
    const { stats } = estimated;
    assert.ok(stats);
    const older = { ...withStored(estimated, 700_000), stats: { ...stats, cpuTimeMs: 7300 } };
    assert.equal(
      changesText(previous(older), estimated),
      'Since the previous build: CPU time no change within ±15 %, stored size +69.5 KiB (+10.2 %).',
    );
  });

  it('is part of the report page', () => {
    const page = formatMarkdown([accepted], { referenceOf: () => previous(withStored(accepted, 3_000_000)) });
    assert.match(page, /^Changes since the previous build:/m);
    assert.doesNotMatch(formatMarkdown([accepted]), /since the previous/);
  });

  it('has the name that the page is given', () => {
    const page = formatMarkdown([accepted], { nameOf: () => 'hydradx-runtime · hydradx v408' });
    assert.match(page, /^## ✅ PASS: hydradx-runtime · hydradx v408 \(vote: accept\)$/m);
  });
});
