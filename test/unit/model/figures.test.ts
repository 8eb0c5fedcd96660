import assert from 'node:assert/strict';
import fc from 'fast-check';
import { figureLabel, headRoom, overruns, ratioText, usedText } from '../../../src/model/figure-text.ts';
import { figuresOf } from '../../../src/model/figures.ts';
import type { LimitItem, Report } from '../../../src/model/report.ts';
import { accepted, estimated, inspected, overBudget, overLimit, timedOut } from '../../support/sample-reports.ts';

function withCpu(used: number, limit: number): Report {
  const item: LimitItem = { id: 'cpu-time', used, limit, ratio: used / limit, level: used > limit ? 'over' : 'ok' };
  return { ...accepted, limits: { ...accepted.limits, items: [item] } };
}

describe('headRoom', () => {
  const rows: readonly (readonly [used: number, text: string])[] = [
    [4.6, 'a validator 100× slower still passes'],
    [4000, 'a validator 15× slower still passes'],
    [23_112, 'a validator 2.5× slower still passes'],
    [54_000, 'a validator 1.1× slower still passes'],
    [57_000, 'a validator only a little slower would time out'],
    [60_000, 'a validator only a little slower would time out'],
    [60_001, '1.1× what validators grant'],
    [150_000, '2.5× what validators grant'],
  ];
  for (const [used, text] of rows) {
    it(`${used} ms of 60 s: ${text}`, () => assert.equal(headRoom(withCpu(used, 60_000)), text));
  }

  it('never promises that a validator passes that would time out', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.001, max: 60_000, noNaN: true }), (used) => {
        const factor = /^a validator ([0-9.]+)× slower/.exec(headRoom(withCpu(used, 60_000)) ?? '')?.[1];
        if (factor !== undefined) assert.ok(Number(factor) * used <= 60_000 * (1 + Number.EPSILON));
      }),
    );
  });

  it('marks an estimate', () => assert.match(headRoom(estimated) ?? '', /about 8\.2× slower would/));
  it('is undefined after a time-out', () => {
    const { items } = withCpu(20_050, 20_000).limits;
    assert.equal(headRoom({ ...timedOut, limits: { ...timedOut.limits, items } }), undefined);
  });
  it('is undefined without a CPU time', () => assert.equal(headRoom(inspected), undefined));
});

describe('figuresOf', () => {
  const labels = (report: Report) => figuresOf(report).map(figureLabel);

  it('puts each budget below the limit of the same measure', () => {
    assert.deepEqual(labels(overBudget), [
      'CPU time',
      'CPU time budget',
      'Peak memory',
      'Stored size',
      'Stored size budget',
      'Raw size',
      'Artifact',
    ]);
  });

  it('lists numbers without limits and leaves out unknown numbers', () => {
    const bare = { ...accepted, limits: { ...accepted.limits, items: [] } };
    assert.deepEqual(labels(bare), ['CPU time', 'Peak memory', 'Stored size', 'Raw size', 'Artifact']);
    assert.ok(figuresOf(bare).every((figure) => ratioText(figure) === undefined));
    assert.deepEqual(labels(inspected), ['Stored size', 'Raw size']);
  });

  it("falls back to the worker's raw size when the file can't be decompressed", () => {
    const { rawBytes: _, ...runtime } = accepted.runtime;
    const report = { ...accepted, runtime, limits: { ...accepted.limits, items: [] } };
    assert.equal(figuresOf(report).find(({ id }) => id === 'raw-bytes')?.used, 14_896_370);
  });

  it('marks time and memory as estimated independently', () => {
    const texts = (report: Report) =>
      figuresOf(report)
        .filter((figure) => figure.estimated)
        .map((figure) => [figureLabel(figure), usedText(figure), ratioText(figure)]);
    const time = ['CPU time', 'about 7.2 s (estimated)', '~12 %'];
    const memory = ['Peak memory', 'about 110 MiB (estimated)', '~5 %'];
    assert.deepEqual(texts(estimated), [time, memory]);
    const { stats } = estimated;
    assert.ok(stats);
    assert.deepEqual(texts({ ...estimated, stats: { ...stats, memoryIs: 'measured' } }), [time]);
    assert.deepEqual(texts({ ...estimated, stats: { ...stats, cpuTimeIs: 'measured' } }), [memory]);
    assert.deepEqual(texts(accepted), []);
  });
});

describe('overruns', () => {
  it('separates limits from budgets', () => {
    assert.deepEqual(overruns(overBudget), { limits: [], budgets: ['stored size', 'CPU time'] });
    assert.deepEqual(overruns(overLimit), { limits: ['stored size'], budgets: [] });
    assert.deepEqual(overruns(accepted), { limits: [], budgets: [] });
  });
});
