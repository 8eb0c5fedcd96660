import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type FiledEntry, mergeEntries, readEntries } from '../../../src/check/merge-reports.ts';
import { ConfigError } from '../../../src/limits/json-file.ts';
import { isProblem, type ProblemEntry, type ReportEntry } from '../../../src/model/input-problem.ts';
import type { Report, ShardSummary } from '../../../src/model/report.ts';
import { accepted, rejected } from '../../support/sample-reports.ts';

const tool = { name: 'polkadot-pvf', version: '0.1.0' };

const problem: ProblemEntry = {
  ...{ schemaVersion: 1, tool, createdAt: '2026-11-26T00:00:00.000Z', path: 'text.wasm' },
  problem: { id: 'text', message: 'Text.', remedy: 'Give a runtime.' },
};

const at = (path: string, report: Report = accepted): Report => ({ ...report, runtime: { ...report.runtime, path } });

const part = (index: number, position: number, change: Partial<ShardSummary> = {}) => ({
  shard: { index, count: 3, position, total: 4, list: 'a', ...change },
});

const merge = (...files: readonly (readonly ReportEntry[])[]) =>
  mergeEntries(
    files.flatMap((entries, file) => entries.map((entry): FiledEntry => ({ file: `${file}.json`, entry }))),
    tool,
  );

const namesOf = (entries: readonly ReportEntry[]) =>
  entries.map((entry) => (isProblem(entry) ? entry.path : entry.runtime.path));

describe('merged reports', () => {
  const parts: readonly (readonly ReportEntry[])[] = [
    [
      { ...at('d'), ...part(1, 3) },
      { ...at('a'), ...part(1, 0) },
    ],
    [{ ...problem, ...part(2, 2) }],
    [{ ...at('b', rejected), ...part(3, 1) }],
  ];

  it('are in the order of the whole list, and no longer parts', () => {
    const { entries, removed } = merge(...parts);
    assert.deepEqual(entries, [at('a'), at('b', rejected), problem, at('d')]);
    assert.deepEqual(removed, []);
  });

  it('tell a missing part', () => {
    const { entries } = merge(...parts.slice(0, 2));
    const last = entries.at(-1);
    assert.ok(last && isProblem(last));
    assert.deepEqual([last.path, last.problem.id], ['part 3/3', 'missing-shard']);
    assert.match(last.problem.message, /^1 of the 4 entries/);
  });

  it('need no file of a part that has no entries', () => {
    const { entries } = merge([{ ...at('a'), ...part(1, 0, { total: 1 }) }]);
    assert.deepEqual(namesOf(entries), ['a']);
  });

  it('tell that parts are of two lists', () => {
    const { entries } = merge([{ ...at('a'), ...part(1, 0) }], [{ ...at('b'), ...part(2, 1, { list: 'b' }) }]);
    assert.deepEqual(namesOf(entries), ['a', 'parts 2/3, 3/3', 'b', 'parts 1/3, 3/3']);
  });

  it('have each entry once when two files have it', () => {
    const { entries, removed } = merge([at('a'), problem], [at('a'), at('b'), problem]);
    assert.deepEqual(namesOf(entries), ['a', 'text.wasm', 'b']);
    assert.deepEqual(removed, ['a is in 0.json and in 1.json', 'text.wasm is in 0.json and in 1.json']);
  });

  it('refuse two files that disagree', () => {
    const other: Report = { ...at('a'), vote: rejected.vote, conclusion: rejected.conclusion };
    assert.throws(
      () => merge([at('a')], [other]),
      (error: unknown) =>
        error instanceof ConfigError && error.message.startsWith('0.json and 1.json disagree about a: pass and fail.'),
    );
  });

  it('keep the results of other workers, limits and chains', () => {
    const worker = { ...accepted.worker, kind: 'portable' as const, wireRevision: '26.0.0' };
    const limits = { ...accepted.limits, profile: 'polkadot' };
    const { entries } = merge([at('a')], [{ ...at('a'), worker }], [{ ...at('a'), limits }]);
    assert.equal(entries.length, 3);
  });

  it('keep two entries of one file', () => {
    assert.equal(merge([at('a'), at('a')]).entries.length, 2);
  });
});

describe('the reader of reports to merge', () => {
  let folder = '';
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'pvf-merge-'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  const read = (content: string) => {
    const file = join(folder, 'reports.json');
    writeFileSync(file, content);
    return readEntries(file);
  };

  it('reads one report, an array, and the entries of other files', async () => {
    assert.deepEqual(
      (await read(JSON.stringify(accepted))).map(({ entry }) => entry),
      [accepted],
    );
    assert.deepEqual(
      (await read(JSON.stringify([accepted, problem]))).map(({ entry }) => entry),
      [accepted, problem],
    );
    assert.deepEqual(await read('[]'), []);
  });

  it('names the entry that is no report', async () => {
    await assert.rejects(
      read(JSON.stringify([accepted, {}])),
      /reports\.json, entry 2: this is no report of schema version 1/,
    );
    await assert.rejects(read(JSON.stringify({ problem: 1 })), /reports\.json: this is no report/);
    await assert.rejects(read('nonsense'), /is not JSON/);
    await assert.rejects(readEntries(join(folder, 'none.json')), /the file does not exist/);
  });
});
