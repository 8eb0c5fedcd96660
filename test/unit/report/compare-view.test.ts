import assert from 'node:assert/strict';
import { compareReports } from '../../../src/model/comparison.ts';
import { compareView } from '../../../src/report/compare-view.ts';
import { formatComparison } from '../../../src/report/comparison-format.ts';
import { accepted, estimated, inspected, overBudget } from '../../support/sample-reports.ts';
import { sampleSizes } from '../../support/sample-views.ts';
import { withStored } from '../editor/views/samples.ts';

describe('compareView', () => {
  it('has the texts that the other formats have', () => {
    const { figures, title, older, newer } = compareView(compareReports(withStored(accepted, 3_000_000), accepted));
    const stored = figures.find(({ label }) => label === 'Stored size');
    const delta = '+131.9 KiB (+4.5 %)';
    assert.deepEqual(stored, { label: 'Stored size', was: '2.86 MiB', now: '2.99 MiB', direction: 'grew', delta });
    assert.equal(title, 'hydradx 408');
    assert.match(`${older.label} ${newer.label}`, /worker: official 1\.25\.1, 2026-11-2\d \d\d:\d\d$/);
  });

  it('leaves out what one report does not know', () => {
    const view = compareView(compareReports(inspected, overBudget));
    const cpu = view.figures.find(({ label }) => label === 'CPU time');
    assert.deepEqual(cpu, { label: 'CPU time', now: '23.11 s', direction: 'same' });
    assert.deepEqual(view.growth, { sections: view.growth.sections, crates: [], owners: [], functions: [] });
    assert.equal('metadata' in view, false);
  });

  it('shows a change within the error of an estimate as no direction', () => {
    const { stats } = estimated;
    assert.ok(stats);
    const again = { ...withStored(estimated, 780_000), stats: { ...stats, cpuTimeMs: 7100 } };
    const [cpu] = compareView(compareReports(estimated, again)).figures;
    assert.deepEqual([cpu?.direction, cpu?.delta], ['same', 'no change within ±15 %']);
  });

  it('says what a reader must know', () => {
    assert.match(compareView(compareReports(accepted, overBudget)).notes.join(), /identical/);
    assert.match(compareView(compareReports(accepted, estimated)).notes.join(), /estimates/);
  });

  it('has the growth of the size trees', () => {
    const [older, newer] = [sampleSizes({ functions: 400 }), sampleSizes({ functions: 500 })];
    const { growth } = compareView(compareReports({ ...inspected, sizes: older }, { ...accepted, sizes: newer }));
    const crate = growth.crates[0];
    assert.ok(crate);
    const bytesIn = ({ tree }: typeof older) =>
      tree.children.flatMap(({ children }) => children).find(({ name }) => name === crate.name)?.bytes ?? 0;
    assert.deepEqual([crate.was, crate.now], [bytesIn(older), bytesIn(newer)]);
    assert.ok(growth.functions.length > 100);
  });

  it('is what the HTML file contains, escaped', () => {
    const named = { ...accepted, runtime: { ...accepted.runtime, specName: '</script><b>' } };
    const file = formatComparison(compareReports(inspected, named), 'html', { colour: false });
    assert.match(file, /^<!doctype html>/);
    assert.equal(file.includes('</script><b>'), false);
    const [, json = ''] = /data-view="compare">(.*?)<\/script>/s.exec(file) ?? [];
    assert.deepEqual(JSON.parse(json), JSON.parse(JSON.stringify(compareView(compareReports(inspected, named)))));
  });
});
