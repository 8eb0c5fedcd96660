import assert from 'node:assert/strict';
import fc from 'fast-check';
import { nextPace, type Paced, shareAt, timeLeftAt } from '../../../src/check/pace.ts';

type Update = Omit<Paced, 'pace' | 'startedMs'>;

/** Replays updates, each some milliseconds after the last one. */
function replay(
  updates: readonly (readonly [afterMs: number, update: Update])[],
  look: (paced: Paced, ms: number) => void,
) {
  let ms = 0;
  let paced: Paced | undefined;
  for (const [afterMs, update] of updates) {
    for (let step = 1; paced !== undefined && step <= 4; step += 1) look(paced, ms + (afterMs * step) / 4);
    ms += afterMs;
    const next = { startedMs: 0, ...update };
    paced = { ...next, pace: nextPace(paced, next, ms) };
    look(paced, ms);
  }
}

/** As a worker reports: the expected time first, then ever more functions. */
const anyUpdates = fc
  .record({
    isCounted: fc.boolean(),
    expectedMs: fc.option(fc.integer({ min: 1, max: 100_000 }), { nil: undefined }),
    total: fc.integer({ min: 1, max: 20_000 }),
    steps: fc.array(fc.tuple(fc.integer({ min: 0, max: 20_000 }), fc.double({ min: 0, max: 1, noNaN: true })), {
      minLength: 1,
      maxLength: 40,
    }),
    firstCount: fc.integer({ min: 0, max: 5 }),
  })
  .map(({ isCounted, expectedMs, total, steps, firstCount }) => {
    const shares = steps.map(([, share]) => share).sort((a, b) => a - b);
    return steps.map(([afterMs], at): readonly [number, Update] => {
      const counted = isCounted && at >= firstCount ? { done: Math.floor((shares[at] ?? 0) * total), total } : {};
      return [afterMs, { isCounted, ...(expectedMs === undefined || at === 0 ? {} : { expectedMs }), ...counted }];
    });
  });

describe('the pace of a check', () => {
  it('never shows less than before, and never 100 %', () => {
    fc.assert(
      fc.property(anyUpdates, (updates) => {
        let shown = 0;
        replay(updates, (paced, ms) => {
          const share = shareAt(paced, ms) ?? 0;
          assert.ok(share >= shown - 1e-9, `${share} after ${shown}`);
          assert.ok(share <= 0.99 + 1e-9);
          shown = share;
        });
      }),
    );
  });

  it('never jumps to a longer time left: it grows at most as fast as time passes', () => {
    fc.assert(
      fc.property(anyUpdates, (updates) => {
        let last: { readonly left: number; readonly ms: number } | undefined;
        replay(updates, (paced, ms) => {
          const left = timeLeftAt(paced, ms);
          if (paced.pace.atMs !== ms || left.kind !== 'left') return;
          if (last !== undefined) assert.ok(left.ms <= last.left + (ms - last.ms) + 1, `${left.ms} after ${last.left}`);
          last = { left: left.ms, ms };
        });
      }),
    );
  });

  it('counts functions from the share that was shown before the first one', () => {
    const shares: number[] = [];
    const counted = { isCounted: true, expectedMs: 10_000, total: 1000 };
    replay(
      [
        [0, { isCounted: true }],
        [100, { isCounted: true, expectedMs: 10_000 }],
        [3000, { ...counted, done: 0 }],
        [1000, { ...counted, done: 500 }],
        [1000, { ...counted, done: 1000 }],
      ],
      (paced, ms) => shares.push(Math.round((shareAt(paced, ms) ?? 0) * 100)),
    );
    assert.ok(shares.indexOf(10) < shares.indexOf(55), String(shares));
    assert.equal(shares.at(-1), 99);
  });

  it('promises no time before enough functions are counted, however wrong the expected time is', () => {
    const seen: string[] = [];
    const counted = { isCounted: true, expectedMs: 13_000, total: 10_000 };
    replay(
      [
        [0, { isCounted: true, expectedMs: 13_000 }],
        [6000, { ...counted, done: 0 }],
        [7000, { ...counted, done: 90 }],
        [9000, { ...counted, done: 1000 }],
      ],
      (paced, ms) => {
        const left = timeLeftAt(paced, ms);
        seen.push(left.kind === 'left' ? `${Math.round(left.ms / 1000)} s` : left.kind);
      },
    );
    assert.deepEqual(new Set(seen.slice(0, -1)), new Set(['unknown']));
    assert.equal(seen.at(-1), '144 s');
  });

  it('follows a machine that becomes slower', () => {
    const updates = Array.from({ length: 61 }, (_, second): readonly [number, Update] => [
      1000,
      { isCounted: true, total: 1000, done: second <= 20 ? second * 20 : 400 + (second - 20) * 4 },
    ]);
    const seen: number[] = [];
    replay(updates, (paced, ms) => {
      const left = timeLeftAt(paced, ms);
      if (left.kind === 'left') seen.push(left.ms);
    });
    // 44 % remain. At the present speed they take 110 s, on average since the start 47 s.
    assert.ok((seen.at(-1) ?? 0) > 30_000, String(seen.at(-1)));
  });
});
