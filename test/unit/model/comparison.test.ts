import assert from 'node:assert/strict';
import { compareReports, mixesSources } from '../../../src/model/comparison.ts';
import type { Report } from '../../../src/model/report.ts';
import { accepted, estimated, inspected, overBudget, rejected } from '../../support/sample-reports.ts';

function withSections(report: Report, sections: Report['runtime']['sections'] & object): Report {
  return { ...report, runtime: { ...report.runtime, sections } };
}

function withRuntime(report: Report, members: Partial<Report['runtime']>): Report {
  return { ...report, runtime: { ...report.runtime, ...members } };
}

const fn = (module: string, name: string) => ({ module, name, kind: 'function' }) as const;

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

  it('lists new and resolved findings, errors first', () => {
    const { newFindings, goneFindings } = compareReports(rejected, inspected);
    assert.deepEqual(newFindings, inspected.findings.toReversed());
    assert.deepEqual(
      newFindings.map(({ severity }) => severity),
      ['error', 'warning'],
    );
    assert.deepEqual(goneFindings, rejected.findings);
  });

  it('lists new and gone imports with their modules, and exports by name', () => {
    const older = withRuntime(accepted, {
      imports: [fn('env', 'a'), fn('env', 'b')],
      exports: [fn('', 'Core_version')],
    });
    const newer = withRuntime(accepted, {
      imports: [fn('other', 'a'), fn('env', 'c'), fn('env', 'b'), fn('env', 'c')],
      exports: [fn('', 'Core_version'), fn('', 'validate_block'), fn('', 'Api_x')],
    });
    const { imports, exports } = compareReports(older, newer);
    assert.deepEqual(imports, { added: ['env.c', 'other.a'], gone: ['env.a'] });
    assert.deepEqual(exports, { added: ['Api_x', 'validate_block'], gone: [] });
  });

  it('calls no import new when one report lacks the list', () => {
    const { imports: _, ...runtime } = accepted.runtime;
    const { imports } = compareReports({ ...accepted, runtime }, accepted);
    assert.deepEqual(imports, { added: [], gone: [] });
  });

  it('lists versions and memory that differ, and none that only one report knows', () => {
    const older = withRuntime(accepted, {
      specName: 'a',
      specVersion: 0,
      transactionVersion: 7,
      memory: { imported: true, minimum: 20 },
    });
    const { transactionVersion: _, ...runtime } = withRuntime(older, {
      specVersion: 1,
      memory: { imported: false, minimum: 20, maximum: 44 },
    }).runtime;
    assert.deepEqual(compareReports(older, { ...older, runtime }).facts, [
      { name: 'spec_version', was: '0', now: '1' },
      { name: 'memory', was: 'imported, 20 to any number of pages', now: 'own, 20 to 44 pages' },
    ]);
  });

  it('has the growth of parts only when both reports have sizes', () => {
    const sizes = {
      totalBytes: 8,
      codeBytes: 0,
      attributedCodeBytes: 0,
      ownedCodeBytes: 0,
      tree: { name: 'module', kind: 'file', bytes: 8, children: [] },
      owners: [],
    } as const;
    const withSizes = { ...accepted, sizes };
    assert.equal(compareReports(accepted, withSizes).growth, undefined);
    assert.equal(compareReports(withSizes, accepted).growth, undefined);
    assert.deepEqual(compareReports(withSizes, withSizes).growth, {
      crates: [],
      owners: [],
      functions: [],
      sameFunctions: 0,
    });
  });

  it('has the changes of the metadata that it was given, and tells none from unknown ones', () => {
    assert.deepEqual(compareReports(accepted, accepted, []).metadata, []);
    assert.ok(!('metadata' in compareReports(accepted, accepted)));
  });
});
