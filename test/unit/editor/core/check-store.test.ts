import assert from 'node:assert/strict';
import { utimesSync } from 'node:fs';
import type { Report } from '../../../../src/model/report.ts';
import { entryNumber } from '../../../support/history-entries.ts';
import { sampleReports } from '../../../support/sample-reports.ts';
import { useChecks } from './use-checks.ts';

const { accepted } = sampleReports;
const withHash = (codeHash: string): Report => ({ ...accepted, runtime: { ...accepted.runtime, codeHash } });

describe('CheckStore', () => {
  const checks = useChecks();

  it('restores the report of a rebuilt runtime for comparison', async () => {
    const { store } = checks.create();
    const before = checks.runtimeWith('a');
    store.setReport(before, withHash('0x01'), before.blob);
    store.remove(before);
    const after = checks.runtimeWith('of another size');
    await store.restore(after);
    const { report, isCurrent } = store.stateOf(after.id);
    assert.deepEqual([report?.runtime.codeHash, isCurrent], ['0x01', false]);
    store.setReport(after, withHash('0x02'), after.blob);
    assert.equal(store.stateOf(after.id).previous?.runtime.codeHash, '0x01');
  });

  it('compares with the last report of other code, even if the same code is checked repeatedly', () => {
    const { store } = checks.create();
    const runtime = checks.runtimeWith('a');
    for (const hash of ['0x01', '0x02', '0x02']) store.setReport(runtime, withHash(hash), runtime.blob);
    const { report, previous } = store.stateOf(runtime.id);
    assert.deepEqual([report?.runtime.codeHash, previous?.runtime.codeHash], ['0x02', '0x01']);
  });

  it('compares with the last blob that was not rejected', () => {
    const { store } = checks.create();
    const runtime = checks.runtimeWith('a');
    const rejected = { ...withHash('0x02'), vote: 'reject' as const };
    for (const report of [withHash('0x01'), rejected, withHash('0x03')]) {
      store.setReport(runtime, report, runtime.blob);
    }
    assert.equal(store.stateOf(runtime.id).previous?.runtime.codeHash, '0x01');
  });

  it('compares with the history, also when another program changes it', () => {
    const { store, changes } = checks.create();
    const runtime = checks.runtimeWith('a');
    const git = { commit: '1a2b3c4'.padEnd(40, '0') };
    const entry = (number: number, change = {}) => {
      const one = entryNumber(number, change);
      return { ...one, runtime: { ...one.runtime, buildVariant: 'compressed' as const } };
    };
    const report = { ...accepted, runtime: { ...accepted.runtime, buildVariant: 'compressed' as const } };
    store.setReport(runtime, report, runtime.blob, { entries: [entry(1, { git })] });
    assert.equal(store.stateOf(runtime.id).reference?.text, 'since 1a2b3c4');
    store.setHistory(runtime, { entries: [entry(1, { git }), entry(2)] });
    assert.equal(store.stateOf(runtime.id).reference?.text, 'since the previous build');
    const pinned = { at: '2026-11-20T00:00:00Z', from: 'file', is: 'chain', name: 'x', entry: entry(3) } as const;
    store.setHistory(runtime, { entries: [entry(1, { git }), entry(2)], pinned });
    assert.equal(store.stateOf(runtime.id).reference?.text, 'against the release on chain');
    assert.equal(changes.length, 3);
    store.setHistory(runtime, { entries: [entry(1, { git }), entry(2)], pinned });
    assert.equal(changes.length, 3, 'an equal history is no change');
  });

  it('compares with the report before where there is no history', () => {
    const { store } = checks.create();
    const runtime = checks.runtimeWith('a');
    for (const hash of ['0x01', '0x02']) store.setReport(runtime, withHash(hash), runtime.blob, { entries: [] });
    const { reference } = store.stateOf(runtime.id);
    assert.deepEqual([reference?.entry.runtime.codeHash, reference?.text], ['0x01', 'since the previous build']);
  });

  it('saves the reports for the next session', async () => {
    const saved = new Map<string, unknown>();
    const runtime = checks.runtimeWith('a');
    checks.create(saved).store.setReport(runtime, accepted, runtime.blob);
    const later = checks.create(saved).store;
    await later.restore(runtime);
    const { report, isCurrent } = later.stateOf(runtime.id);
    assert.deepEqual(report, accepted);
    assert(isCurrent);
  });

  it('discards all reports when the history is cleared', async () => {
    const saved = new Map<string, unknown>();
    const { store } = checks.create(saved);
    const runtime = checks.runtimeWith('a');
    store.setReport(runtime, accepted, runtime.blob);
    store.clearHistory([runtime]);
    assert.equal(store.stateOf(runtime.id).report, undefined);
    const later = checks.create(saved).store;
    await later.restore(runtime);
    assert.equal(later.stateOf(runtime.id).report, undefined);
  });

  it('ignores a saved history of another format', async () => {
    const runtime = checks.runtimeWith('a');
    const { inode: _, ...file } = runtime.blob;
    for (const value of ['text', [3, []], [[runtime.id, { last: { report: accepted, file } }]]]) {
      const { store } = checks.create(new Map<string, unknown>([['pvf.history.1', value]]));
      await store.restore(runtime);
      assert.equal(store.stateOf(runtime.id).report, undefined);
    }
  });

  /** @param codeHash of the file when it is read again; undefined: it can't be read */
  const files: readonly (readonly [title: string, codeHash: string | undefined, change: () => void, is: boolean])[] = [
    ['an unchanged file', undefined, () => {}, true],
    ['a touched file with the same blob', '0x01', () => rewrite('a'), true],
    ['a file of the same size with another blob', '0x02', () => rewrite('b'), false],
    ['an unreadable touched file', undefined, () => rewrite('a'), false],
    ['a file of another size', '0x01', () => rewrite('aa'), false],
  ];
  /** Writes the blob with another modification time. */
  const rewrite = (content: string) => {
    const past = new Date(1_000_000_000_000);
    utimesSync(checks.runtimeWith(content).blob.path, past, past);
  };
  for (const [title, codeHash, change, isCurrent] of files) {
    it(`marks the report as ${isCurrent ? 'current' : 'out of date'} for ${title}`, async () => {
      const { store } = checks.create(new Map(), async () => (codeHash === undefined ? undefined : { codeHash }));
      const runtime = checks.runtimeWith('a');
      store.setReport(runtime, withHash('0x01'), runtime.blob);
      change();
      assert.equal(await store.refreshIsCurrent(runtime), isCurrent);
      assert.equal(store.stateOf(runtime.id).isCurrent, isCurrent);
    });
  }

  it('marks the report of a file that changed during the check as out of date', async () => {
    const { store } = checks.create(new Map(), async () => ({ codeHash: '0x01' }));
    const runtime = checks.runtimeWith('a');
    assert.equal(store.setReport(runtime, withHash('0x01'), undefined).isCurrent, false);
    assert.equal(await store.refreshIsCurrent(runtime), false);
  });
});
