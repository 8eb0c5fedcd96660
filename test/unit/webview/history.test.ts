import assert from 'node:assert/strict';
import type { HistoryView } from '../../../src/model/view.ts';
import { reachesLimit, scaleOf } from '../../../src/webview/history/scale.ts';
import { deltaText, describe as describePoint } from '../../../src/webview/history/texts.ts';
import { sampleHistory } from '../../support/sample-views.ts';

const MIB = 1024 * 1024;

describe('the scale of a chart', () => {
  it('holds all values and a near limit, with round ticks', () => {
    const { min, max, ticks } = scaleOf([2.6 * MIB, 2.9 * MIB], 3 * MIB, 'bytes');
    assert.ok(min <= 2.6 * MIB && max >= 3 * MIB);
    assert.ok(ticks.length >= 2 && ticks.length <= 6, `${ticks.length} ticks`);
    for (const tick of ticks)
      assert.ok(Math.abs((tick / MIB) * 20 - Math.round((tick / MIB) * 20)) < 1e-6, `${tick / MIB}`);
  });

  it('leaves out a limit far above the values', () => {
    assert.ok(scaleOf([20_000, 23_000], 60_000, 'ms').max < 30_000);
    assert.ok(!reachesLimit([20_000, 23_000], 60_000));
  });

  for (const values of [[5], [0], [7, 7, 7], [0, 1e9], [0.001, 0.002], [2 ** 50]]) {
    it(`is finite for ${values.join(', ')}`, () => {
      for (const unit of ['bytes', 'ms'] as const) {
        const { min, max, ticks } = scaleOf(values, undefined, unit);
        assert.ok(min <= Math.min(...values) && max >= Math.max(...values) && max > min);
        assert.ok(ticks.length >= 2 && ticks.length < 20 && ticks.every(Number.isFinite));
      }
    });
  }
});

describe('the texts of the history', () => {
  const view: HistoryView = {
    view: 'history',
    title: 'x',
    figures: [{ id: 'cpu-time', label: 'CPU time', unit: 'ms', errors: { estimated: 0.15, measured: 0 } }],
    baseline: 0,
    entries: [
      { at: '2026-01-01T00:00:00.000Z', conclusion: 'pass', values: { 'cpu-time': 10_000 } },
      { at: '2026-01-02T00:00:00.000Z', conclusion: 'pass', values: { 'cpu-time': 11_000 } },
      { at: '2026-01-03T00:00:00.000Z', conclusion: 'pass', estimated: ['cpu-time'], values: { 'cpu-time': 30_000 } },
      { at: '2026-01-04T00:00:00.000Z', conclusion: 'undecided', values: {} },
    ],
  };
  const { baseline: _, ...unpinned } = view;
  const [figure] = view.figures;
  assert.ok(figure);

  it('compare with the pinned baseline, else with the result before', () => {
    assert.deepEqual(deltaText(figure, view, 1), { text: '+1 s (+10.0 %)', direction: 'grew' });
    assert.equal(deltaText(figure, unpinned, 0), undefined);
    assert.equal(deltaText(figure, unpinned, 1)?.text, '+1 s (+10.0 %)');
  });

  it('compare no estimate with a measurement, and nothing that is not known', () => {
    assert.equal(deltaText(figure, view, 2), undefined);
    assert.equal(deltaText(figure, view, 3), undefined);
  });

  it('show no change that is smaller than the error of an estimate', () => {
    const [first, second] = view.entries;
    assert.ok(first && second);
    const estimates = {
      ...view,
      entries: [first, second].map((entry) => ({ ...entry, estimated: ['cpu-time' as const] })),
    };
    assert.deepEqual(deltaText(figure, estimates, 1), { text: "within the estimate's error", direction: 'same' });
  });

  it('describe a result with commit, conclusion and figures', () => {
    const sample = sampleHistory();
    const [, , third] = sample.entries;
    assert.ok(third);
    assert.match(
      describePoint(third, sample),
      /^2026-10-03 \d\d:30, hydradx 400, master [0-9a-f]{10}, pass, CPU time ≈\d+ s, Peak memory ≈\d+ MiB, Artifact /,
    );
  });
});
