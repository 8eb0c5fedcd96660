import assert from 'node:assert/strict';
import { compareReports, mixesSources } from '../../../src/model/comparison.ts';
import type { Report } from '../../../src/model/report.ts';
import { accepted, estimated, inspected, overBudget, rejected } from '../../support/sample-reports.ts';

function withSections(report: Report, sections: Report['runtime']['sections'] & object): Report {
  return { ...report, runtime: { ...report.runtime, sections } };
}

const sectionsOf = (older: Report, newer: Report) =>
  compareReports(older, newer).sections.map(({ name, was, now }) => [name, was, now]);

describe('compareReports', () => {
  it('lists every measure that at least one report knows', () => {
    const { measures } = compareReports(inspected, overBudget);
    assert.deepEqual(
      measures.map(({ measure, was, now }) => [measure.id, was?.used, now?.used]),
      [
        ['cpu-time', undefined, 23_112.4],
        ['memory', undefined, 398_204_117],
        ['stored-bytes', 1_711_379, 3_135_113],
        ['raw-bytes', 1_711_379, 14_896_370],
        ['artifact-bytes', undefined, 67_054_632],
      ],
    );
    assert.ok(measures.every(({ was, delta }) => (was === undefined) === (delta === undefined)));
  });

  it('detects identical code', () => {
    assert.equal(compareReports(accepted, overBudget).isSameCode, true);
    assert.equal(compareReports(accepted, rejected).isSameCode, false);
  });

  it('detects a mix of estimates and measurements', () => {
    assert.equal(mixesSources(compareReports(accepted, estimated)), true);
    assert.equal(mixesSources(compareReports(accepted, accepted)), false);
    assert.equal(mixesSources(compareReports(accepted, inspected)), false);
  });

  it('lists changed sections, the largest change first, and sums sections with the same name', () => {
    const older = withSections(accepted, [
      { name: 'code', bytes: 100 },
      { name: 'data', bytes: 7 },
      { name: 'name', bytes: 50 },
    ]);
    const newer = withSections(rejected, [
      { name: 'code', bytes: 90 },
      { name: 'data', bytes: 4 },
      { name: 'data', bytes: 3 },
      { name: 'extra', bytes: 1 },
    ]);
    assert.deepEqual(sectionsOf(older, newer), [
      ['name', 50, 0],
      ['code', 100, 90],
      ['extra', 0, 1],
    ]);
  });

  it('lists no sections when one report lacks them', () => {
    const { sections: _, ...runtime } = accepted.runtime;
    assert.deepEqual(sectionsOf({ ...accepted, runtime }, rejected), []);
  });

  it('lists new and resolved findings', () => {
    const { newFindings, goneFindings } = compareReports(rejected, inspected);
    assert.deepEqual(newFindings, inspected.findings);
    assert.deepEqual(goneFindings, rejected.findings);
  });
});
