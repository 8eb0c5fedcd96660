import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  amountText,
  figureLabel,
  headRoom,
  headRoomFactor,
  limitText,
  overruns,
  ratioText,
  unitFormats,
} from '../../../src/model/figure-text.ts';
import { type Figure, figuresOf, tightest } from '../../../src/model/figures.ts';
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
    [57_000, 'a validator only a little slower would fail'],
    [60_000, 'a validator only a little slower would fail'],
    [60_001, '1.1× what validators grant'],
    [150_000, '2.5× what validators grant'],
  ];
  for (const [used, text] of rows) {
    it(`${used} ms of 60 s: ${text}`, () => assert.equal(headRoom(withCpu(used, 60_000)), text));
  }

  it('never promises that a validator passes that would fail', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.001, max: 60_000, noNaN: true }), (used) => {
        const factor = /^a validator ([0-9.]+)× slower/.exec(headRoom(withCpu(used, 60_000)) ?? '')?.[1];
        if (factor !== undefined) assert.ok(Number(factor) * used <= 60_000 * (1 + Number.EPSILON));
      }),
    );
  });

  it('marks an estimate', () => assert.match(headRoom(estimated) ?? '', /a validator ≈8\.2× slower would/));
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
        .map((figure) => [figureLabel(figure), amountText(figure), ratioText(figure)]);
    const time = ['CPU time', '≈7.2 s', '≈12 %'];
    const memory = ['Peak memory', '≈110 MiB', '≈5 %'];
    assert.deepEqual(texts(estimated), [time, memory]);
    const { stats } = estimated;
    assert.ok(stats);
    assert.deepEqual(texts({ ...estimated, stats: { ...stats, memoryIs: 'measured' } }), [time]);
    assert.deepEqual(texts({ ...estimated, stats: { ...stats, cpuTimeIs: 'measured' } }), [memory]);
    assert.deepEqual(texts(accepted), []);
  });
});

describe('headRoomFactor', () => {
  it('is short, and marks an estimate', () => {
    assert.deepEqual([accepted, estimated, inspected, overLimit].map(headRoomFactor), [
      '2.5×',
      '≈8.2×',
      undefined,
      '2.5×',
    ]);
    assert.equal(headRoomFactor(withCpu(60_001, 60_000)), undefined);
  });
});

describe('a figure beside its limit', () => {
  const figure = (used: number, limit: number, unit: Figure['unit'], isEstimate: boolean): Figure => {
    const item: LimitItem = { id: 'code-size', used, limit, ratio: used / limit, level: 'ok' };
    return { id: 'stored-bytes', label: '', kind: 'size', isBudget: false, used, unit, estimated: isEstimate, item };
  };

  it('is rounded away from the limit', () => {
    const MIB = 1024 * 1024;
    assert.equal(amountText(figure(3 * MIB - 1, 3 * MIB, 'bytes', false)), '2.99 MiB');
    assert.equal(amountText(figure(3 * MIB + 1, 3 * MIB, 'bytes', false)), '3.01 MiB');
    assert.equal(amountText(figure(3 * MIB, 3 * MIB, 'bytes', false)), '3.00 MiB');
    assert.equal(amountText(figure(59_999, 60_000, 'ms', true)), '≈59 s');
    assert.equal(ratioText(figure(59_999, 60_000, 'ms', true)), '≈99 %');
    assert.equal(ratioText(figure(60_001, 60_000, 'ms', true)), '≈101 %');
  });

  it('never looks like a round limit unless it is the limit', () => {
    const MIB = 1024 * 1024;
    const bytes = [3, 5, 30, 50, 2048].map((limit) => ['bytes', limit * MIB] as const);
    const times = [2000, 10_000, 60_000, 360_000].map((limit) => ['ms', limit] as const);
    const by = fc.oneof(fc.integer({ min: -2000, max: 2000 }), fc.integer({ min: -1_000_000, max: 1_000_000 }));
    fc.assert(
      fc.property(fc.constantFrom(...bytes, ...times), by, fc.boolean(), ([unit, limit], change, isEstimate) => {
        const used = Math.max(limit + change, 1);
        const one = figure(used, limit, unit, isEstimate);
        if (used === limit) return;
        const shownLimit = isEstimate ? `≈${unitFormats[unit].rough(limit)}` : limitText(one);
        assert.notEqual(amountText(one), shownLimit);
        assert.doesNotMatch(ratioText(one) ?? '', /^≈?100(\.0)? %/);
      }),
    );
  });
});

describe('tightest', () => {
  it('prefers the worst level, then the largest share', () => {
    const item = (id: LimitItem['id'], ratio: number, level: LimitItem['level']): LimitItem => ({
      id,
      used: ratio,
      limit: 1,
      ratio,
      level,
    });
    const size = item('code-size', 0.8, 'ok');
    const time = item('cpu-time', 0.56, 'near');
    assert.equal(tightest([size, time]), time);
    assert.equal(tightest([item('memory', 0.1, 'ok'), size]), size);
    assert.equal(tightest([]), undefined);
  });
});

describe('overruns', () => {
  it('separates limits from budgets', () => {
    assert.deepEqual(overruns(overBudget), { limits: [], budgets: ['stored size', 'CPU time'] });
    assert.deepEqual(overruns(overLimit), { limits: ['stored size'], budgets: [] });
    assert.deepEqual(overruns(accepted), { limits: [], budgets: [] });
  });
});
