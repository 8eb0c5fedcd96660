import assert from 'node:assert/strict';
import { historyView, pastResultOf } from '../../../src/model/history-view.ts';
import { accepted, estimated, rejected } from '../../support/sample-reports.ts';

describe('historyView', () => {
  const git = { commit: 'a'.repeat(40), branch: 'main' };
  const results = [pastResultOf(rejected), { ...pastResultOf(estimated), git }, pastResultOf(accepted)];
  const view = historyView('hydradx', results, { limits: accepted.limits.items, baseline: 1 });

  it('has the figures of the measures, with the limits of the profile', () => {
    assert.deepEqual(
      view.figures.map(({ id, unit, limit }) => [id, unit, limit]),
      [
        ['cpu-time', 'ms', 60_000],
        ['memory', 'bytes', 2_147_483_648],
        ['stored-bytes', 'bytes', 3_145_728],
        ['raw-bytes', 'bytes', 31_457_280],
        ['artifact-bytes', 'bytes', undefined],
      ],
    );
  });

  it('has the known values of each result, and says which are estimates', () => {
    const [first, second, third] = view.entries;
    assert.deepEqual(first, {
      at: rejected.createdAt,
      conclusion: 'fail',
      label: 'robonomics 43',
      values: { 'stored-bytes': 771_161, 'raw-bytes': 3_944_542 },
    });
    assert.deepEqual([second?.commit, second?.branch, second?.estimated], [git.commit, 'main', ['cpu-time', 'memory']]);
    assert.equal(third?.values['cpu-time'], 23_112.4);
    assert.equal(third?.estimated, undefined);
    assert.equal(view.baseline, 1);
  });
});
