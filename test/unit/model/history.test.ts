import assert from 'node:assert/strict';
import {
  entryOfCommit,
  type HistoryEntry,
  type PinnedBaseline,
  previousOf,
  type RuntimeHistory,
  referenceFor,
} from '../../../src/model/history.ts';
import { historyView } from '../../../src/model/history-view.ts';
import { entryNumber, hashOf } from '../../support/history-entries.ts';

const commits = ['1a2b3c4', '1a2bffff', '5d6e7f8'].map((digits) => digits.padEnd(40, '0'));
const gitOf = (at: number, branch = 'main') => ({ git: { commit: commits[at] ?? '', branch } });
const built = (number: number, changes: Partial<HistoryEntry['runtime']>) => {
  const entry = entryNumber(number);
  return { ...entry, runtime: { ...entry.runtime, ...changes } };
};
const pinnedTo = (entry: HistoryEntry, changes: Partial<PinnedBaseline> = {}): PinnedBaseline => ({
  at: '2026-11-20T00:00:00Z',
  from: 'history',
  is: 'build',
  name: 'main',
  entry,
  ...changes,
});

describe('referenceFor', () => {
  const textOf = (history: RuntimeHistory, current = entryNumber(9)) => referenceFor(current, history)?.text;

  it('is the newest result of other code, and names its commit', () => {
    const entries = [entryNumber(1, gitOf(0)), entryNumber(2, gitOf(1)), entryNumber(9, gitOf(2))];
    const reference = referenceFor(entryNumber(9), { entries });
    assert.equal(reference?.entry.runtime.codeHash, hashOf(2));
    assert.equal(reference?.text, 'since 1a2bfff');
  });

  it('calls a build of the same commit, or of an unknown one, the previous build', () => {
    const dirty = [entryNumber(1, gitOf(0)), entryNumber(9, gitOf(0))];
    assert.equal(textOf({ entries: dirty }), 'since the previous build');
    assert.equal(textOf({ entries: [entryNumber(1)] }), 'since the previous build');
    assert.equal(textOf({ entries: [entryNumber(9)] }), undefined);
  });

  it('is the pinned baseline, whatever was built since', () => {
    const entries = [entryNumber(1, gitOf(0)), entryNumber(2, gitOf(1))];
    const text = (pinned: PinnedBaseline) => textOf({ entries, pinned });
    assert.equal(text(pinnedTo(entryNumber(1, gitOf(0)))), 'since 1a2b3c4');
    assert.equal(text(pinnedTo(entryNumber(1))), 'since the pinned build');
    assert.equal(text(pinnedTo(entryNumber(5), { from: 'file', name: '/a/release.wasm' })), 'against release.wasm');
    assert.equal(text(pinnedTo(entryNumber(5), { from: 'file', is: 'chain' })), 'against the release on chain');
  });
});

describe('previousOf', () => {
  it('passes over rejected blobs and other files of a build', () => {
    const rejected = entryNumber(2, { vote: 'reject' });
    const entries = [entryNumber(1), rejected, built(3, { buildVariant: 'bloaty' })];
    assert.equal(previousOf(entryNumber(4), { entries })?.runtime.codeHash, hashOf(1));
  });

  it('prefers the same cargo profile, and takes another one where there is none', () => {
    const entries = [built(1, { buildProfile: 'release' }), built(2, { buildProfile: 'debug' })];
    const hash = (buildProfile: string) => previousOf(built(3, { buildProfile }), { entries })?.runtime.codeHash;
    assert.deepEqual([hash('release'), hash('production')], [hashOf(1), hashOf(2)]);
  });
});

describe('entryOfCommit', () => {
  it('finds the newest result of a commit or branch', () => {
    const entries = [entryNumber(1, gitOf(0, 'release/1')), entryNumber(2, gitOf(0)), entryNumber(3, gitOf(1))];
    const found = (name: string) => entryOfCommit({ entries }, name)?.runtime.codeHash;
    assert.deepEqual(['1a2b3c4', '1A2B', 'main', 'release/1', '1a2', 'ffff', 'other'].map(found), [
      hashOf(2),
      hashOf(3),
      hashOf(3),
      hashOf(1),
      undefined,
      undefined,
      undefined,
    ]);
  });
});

describe('historyView', () => {
  const estimated = { cpuTimeMs: 2000, cpuTimeIs: 'estimated', wallTimeMs: 1, spawnMs: 1 } as const;

  it('has the figures that some result has, with limits, estimates and the baseline', () => {
    const entries = [entryNumber(1, gitOf(0)), entryNumber(2, { stats: estimated })];
    const [first] = entries;
    assert.ok(first);
    const limit = { id: 'code-size', used: 1, limit: 3_145_728, ratio: 0.1, level: 'ok' } as const;
    const view = historyView({ entries, pinned: pinnedTo(first) }, { title: 'my-runtime', limits: [limit] });
    assert.deepEqual(
      view.figures.map(({ id, unit, limit: shown }) => [id, unit, shown]),
      [
        ['cpu-time', 'ms', undefined],
        ['stored-bytes', 'bytes', 3_145_728],
        ['raw-bytes', 'bytes', undefined],
      ],
    );
    assert.deepEqual(view.entries, [
      { at: first.at, ...first.git, conclusion: 'pass', values: { 'stored-bytes': 1_000_001, 'raw-bytes': 4_000_001 } },
      {
        at: entries[1]?.at,
        conclusion: 'pass',
        estimated: ['cpu-time'],
        values: { 'cpu-time': 2000, 'stored-bytes': 1_000_002, 'raw-bytes': 4_000_002 },
      },
    ]);
    assert.equal(view.baseline, 0);
  });

  it('shows a baseline that is no result of the history first', () => {
    const pinned = pinnedTo(entryNumber(7), { from: 'file', name: 'old.wasm' });
    const view = historyView({ entries: [entryNumber(1)], pinned }, { title: 'x' });
    assert.deepEqual([view.entries.length, view.entries[0]?.label, view.baseline], [2, 'old.wasm', 0]);
    assert.deepEqual(historyView({ entries: [] }, { title: 'x' }), {
      view: 'history',
      title: 'x',
      figures: [],
      entries: [],
    });
  });
});
