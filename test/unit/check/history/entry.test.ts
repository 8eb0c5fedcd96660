import assert from 'node:assert/strict';
import { entryOf, foldRecords, MAX_ENTRIES } from '../../../../src/check/history/entry.ts';
import { type HistoryRecord, parseRecord } from '../../../../src/check/history/entry-schema.ts';
import type { HistoryEntry } from '../../../../src/model/history.ts';
import { entryNumber, hashOf } from '../../../support/history-entries.ts';
import { accepted, estimated, sampleReports } from '../../../support/sample-reports.ts';
import { sampleSizes } from '../../../support/sample-views.ts';

const record = (entry: HistoryEntry, id = `${entry.at}`): HistoryRecord => ({ kind: 'entry', id, entry });
/** The result of build `code`, checked at minute `at`. */
const checkedAt = (at: number, code: number, changes: Partial<HistoryEntry> = {}) => ({
  ...entryNumber(code, changes),
  at: entryNumber(at).at,
});
const entriesOf = (...entries: readonly HistoryEntry[]) =>
  foldRecords(entries.map((entry) => record(entry))).history.entries;
const hashes = (entries: readonly HistoryEntry[]) => entries.map(({ runtime }) => Number(runtime.codeHash));

describe('entryOf', () => {
  it('has the figures of every sample report in a form that can be read again', () => {
    for (const report of Object.values(sampleReports)) {
      const entry = entryOf(report, { commit: 'ab'.repeat(20), branch: 'main' });
      if (entry === undefined) continue;
      const read = parseRecord(JSON.parse(JSON.stringify(record(entry, 'x'))));
      assert.deepEqual(read, record(entry, 'x'));
      assert.ok(JSON.stringify(entry).length < 4096);
    }
  });

  it('can be read again with names of any length, which come from the blob', () => {
    const owner = { name: `pallet_${'\u{1f980}'.repeat(5000)}`, kind: 'pallet', bytes: 9, functions: 1 } as const;
    const entry = entryOf({ ...accepted, sizes: { ...sampleSizes(), owners: [owner] } }, undefined);
    assert(entry !== undefined);
    assert.ok(parseRecord(JSON.parse(JSON.stringify(record(entry)))) !== undefined);
    assert.match(entry.owners?.[0]?.name ?? '', /^pallet_\u{1f980}{96}… \(truncated, 10007 characters\)$/u);
  });

  it('knows worker, figures, findings and the largest owners', () => {
    const owner = { name: 'pallet_x', kind: 'pallet', bytes: 9, functions: 1 } as const;
    const entry = entryOf({ ...accepted, sizes: { ...sampleSizes(), owners: Array(30).fill(owner) } }, undefined);
    assert.deepEqual(entry?.worker, { kind: 'official', version: accepted.worker?.version });
    assert.equal(entry?.stats?.cpuTimeMs, accepted.stats?.cpuTimeMs);
    assert.equal(entryOf(estimated, undefined)?.stats?.cpuTimeIs, 'estimated');
    assert.deepEqual(
      entry?.findings,
      accepted.findings.map(({ id }) => id),
    );
    assert.equal(entry?.owners?.length, 20);
    assert.deepEqual(entry?.owners?.[0], { name: 'pallet_x', bytes: 9 });
  });

  it('is undefined for checks that say nothing about the runtime', () => {
    assert.equal(entryOf({ ...accepted, vote: 'undecided', outcome: { kind: 'cancelled' } }, undefined), undefined);
    const { outcome: _, ...inspected } = { ...accepted, vote: 'undecided' as const };
    assert.notEqual(entryOf(inspected, undefined), undefined);
  });
});

describe('foldRecords', () => {
  it('replaces a result by a repeated one, and takes its commit', () => {
    const git = { commit: 'ab'.repeat(20) };
    const [only, ...others] = entriesOf(checkedAt(1, 1), checkedAt(2, 1, { git }));
    assert.deepEqual([only?.at, only?.git, others], [entryNumber(2).at, git, []]);
    assert.deepEqual(entriesOf(checkedAt(1, 1, { git }), checkedAt(2, 1))[0]?.git, git);
  });

  it('keeps results of other code, workers and profiles', () => {
    assert.deepEqual(hashes(entriesOf(checkedAt(1, 1), checkedAt(2, 2), checkedAt(3, 1))), [1, 2, 1]);
    const other = { worker: { kind: 'portable', version: '1.25.1' } } as const;
    assert.equal(entriesOf(checkedAt(1, 1), checkedAt(2, 1, other), checkedAt(3, 1)).length, 2);
    assert.equal(entriesOf(checkedAt(1, 1), checkedAt(2, 1, { profile: 'x' }), checkedAt(3, 1)).length, 2);
  });

  it('lets the files of a build take turns', () => {
    const bloaty = (at: number) => {
      const entry = checkedAt(at, 2);
      return { ...entry, runtime: { ...entry.runtime, buildVariant: 'bloaty' as const } };
    };
    assert.deepEqual(hashes(entriesOf(checkedAt(1, 1), bloaty(2), checkedAt(3, 1), bloaty(4))), [1, 2]);
  });

  it('keeps the figures of a preparation when the code is inspected again', () => {
    const { worker: _, ...inspected } = checkedAt(2, 1, { vote: 'undecided' });
    for (const entries of [
      entriesOf(checkedAt(1, 1), inspected),
      entriesOf({ ...inspected, at: entryNumber(0).at }, checkedAt(1, 1)),
    ]) {
      assert.deepEqual([entries.length, entries[0]?.vote, entries[0]?.worker?.kind], [1, 'accept', 'official']);
    }
  });

  it('counts copies of a record once, and keeps the newest', () => {
    const entries = Array.from({ length: MAX_ENTRIES + 20 }, (_, number) => record(entryNumber(number)));
    const { history, needed } = foldRecords([...entries, ...entries].reverse());
    assert.equal(history.entries.length, MAX_ENTRIES);
    assert.equal(needed.length, MAX_ENTRIES);
    assert.equal(history.entries.at(-1)?.runtime.codeHash, hashOf(MAX_ENTRIES + 19));
  });
});
