import assert from 'node:assert/strict';
import { type Comparison, compareReports } from '../../../src/model/comparison.ts';
import type { MetadataChange, MetadataChangeClass } from '../../../src/model/metadata-change.ts';
import { comparisonTables, sizeChangeText } from '../../../src/report/comparison-tables.ts';
import { accepted } from '../../support/sample-reports.ts';

const same = compareReports(accepted, accepted);

const tableOf = (comparison: Comparison, title: string, most?: number) =>
  comparisonTables(comparison, most).find((table) => table.title === title);

function metadataChange(name: MetadataChangeClass, path: string): MetadataChange {
  return { kind: 'retyped', subject: 'storage', path, was: 'u32', now: 'u64', class: name };
}

describe('comparisonTables', () => {
  it('shows only the figures of equal reports', () => {
    const [figures, ...others] = comparisonTables(same);
    assert.deepEqual(others, []);
    assert.equal(figures?.title, '');
    assert.ok(figures.rows.every(([, was, now]) => was === now));
  });

  it('puts metadata that needs an action before what is only larger, and compatible changes last', () => {
    const comparison: Comparison = {
      ...same,
      sections: [{ name: 'code', was: 1, now: 2 }],
      metadata: [
        metadataChange('compatible', 'A.a'),
        metadataChange('breaks-clients', 'A.b'),
        metadataChange('needs-migration', 'A.c'),
        metadataChange('needs-transaction-version', 'A.d'),
      ],
    };
    const titles = comparisonTables(comparison).map(({ title }) => title);
    assert.deepEqual(titles, [
      '',
      'Metadata: transaction_version must rise',
      'Metadata: stored data needs a migration',
      'Metadata: clients and indexers must change',
      'Sections that changed',
      'Metadata: compatible',
    ]);
    assert.deepEqual(tableOf(comparison, 'Metadata: stored data needs a migration')?.rows, [
      ['A.c', 'storage retyped', 'u32', 'u64'],
    ]);
  });

  it('shows the largest changes of a long list, and says how many are left out', () => {
    const crates = Array.from({ length: 40 }, (_, at) => ({ name: `crate_${at}`, was: 0, now: 100 - at }));
    const comparison: Comparison = { ...same, growth: { crates, owners: [], functions: [], sameFunctions: 0 } };
    const table = tableOf(comparison, 'Growth by crate');
    assert.equal(table?.rows.length, 15);
    assert.equal(table.leftOut, 25);
    assert.deepEqual(table.rows[0], ['crate_0', '–', '100 B', '+100 B']);
    assert.equal(tableOf(comparison, 'Growth by crate', 3)?.leftOut, 37);
  });

  it('leaves out no import, because each may stop the chain', () => {
    const added = Array.from({ length: 100 }, (_, at) => `env.ext_${at}`);
    const table = tableOf({ ...same, imports: { added, gone: ['env.old'] } }, 'Imports', 3);
    assert.equal(table?.rows.length, 101);
    assert.deepEqual(table.rows.at(-1), ['env.old', 'gone']);
  });
});

describe('sizeChangeText', () => {
  it('has the sign and every digit', () => {
    assert.equal(sizeChangeText({ name: 'a', was: 0, now: 1_234_567 }), '+1 234 567 B');
    assert.equal(sizeChangeText({ name: 'a', was: 10, now: 3 }), '−7 B');
  });
});
