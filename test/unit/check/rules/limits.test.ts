import assert from 'node:assert/strict';
import { rules } from '../../../../src/check/rules/index.ts';
import type { LimitsContext, UpgradeContext } from '../../../../src/check/rules/rule.ts';
import { runRules } from '../../../../src/check/rules/run.ts';
import { limitItem } from '../../../../src/model/limit-item.ts';
import { limitIds, type Sources } from '../../../../src/model/measures.ts';
import type { LimitItem } from '../../../../src/model/report.ts';

const LIMIT = 1_000_000;
const LIMIT_BYTES = 3 * 1024 * 1024;

const limitFindings = (items: readonly LimitItem[], stats?: Sources) =>
  runRules(rules.limits, { items, stats, endedByEstimate: false });

describe('the rules about limits', () => {
  it('find nothing far from the limits', () => {
    assert.deepEqual(limitFindings(limitIds.flatMap((id) => limitItem(id, 1, LIMIT))), []);
  });

  for (const id of limitIds) {
    it(`report ${id} near its limit as a warning, and over it as an error`, () => {
      const [near, over] = limitFindings([...limitItem(id, LIMIT, LIMIT), ...limitItem(id, LIMIT + 1, LIMIT)]);
      assert.equal(near?.id, `near-limit-${id}`);
      assert.equal(near?.severity, 'warning');
      assert.match(near?.message ?? '', id === 'cpu-time' ? / leaves little room: / : / is near its limit: /);
      assert.match(near?.message ?? '', / 100\.0 %\.$/);
      assert.deepEqual(near?.data, { used: LIMIT, limit: LIMIT });
      assert.match(near?.hint ?? '', /^[A-Z].*\.$/);
      assert.equal(over?.id, `over-limit-${id}`);
      assert.equal(over?.severity, 'error');
      assert.match(over?.message ?? '', / is above its limit: .* 100\.1 %\.$/);
    });
  }

  it('mark estimates, and only those', () => {
    const items = [...limitItem('cpu-time', 45_500, 60_000), ...limitItem('memory', LIMIT, LIMIT)];
    const [time, memory] = limitFindings(items, { cpuTimeIs: 'estimated', memoryIs: 'measured' });
    assert.match(time?.message ?? '', / would fail\. It needs ≈46 s of 60 s, ≈76 %\.$/);
    assert.deepEqual(time?.data, { used: 45_500, limit: 60_000, estimated: true });
    assert.doesNotMatch(memory?.message ?? '', /≈/);
  });

  it('say what half of the prep timeout means', () => {
    const [time] = limitFindings(limitItem('cpu-time', 33_600, 60_000));
    assert.match(time?.message ?? '', /leaves little room: a validator 1\.7× slower would fail\. It needs 33\.60 s/);
    const [almost] = limitFindings(limitItem('cpu-time', 59_000, 60_000));
    assert.match(almost?.message ?? '', /: a validator only a little slower would fail\./);
    const [budget] = limitFindings(limitItem('cpu-time-budget', 59_000, 60_000));
    assert.match(budget?.message ?? '', / is near its limit: 59 s of 60 s/);
  });

  it('never round a figure to its limit', () => {
    const [below] = limitFindings(limitItem('code-size', LIMIT_BYTES - 1, LIMIT_BYTES));
    assert.match(below?.message ?? '', /: 2\.99 MiB \(3 145 727 B\) of 3\.00 MiB \(3 145 728 B\), 99\.9 %\.$/);
    const [above] = limitFindings(limitItem('code-size', LIMIT_BYTES + 1, LIMIT_BYTES));
    assert.match(above?.message ?? '', /: 3\.01 MiB \(3 145 729 B\) of 3\.00 MiB/);
  });

  describe('about what stops an upgrade after the vote', () => {
    const MIB = 1024 * 1024;
    const find = (upgrade: UpgradeContext) =>
      runRules(rules.limits, { items: [], stats: undefined, upgrade, endedByEstimate: false });

    it('say nothing of values that the profile does not know', () => {
      assert.deepEqual(find({ newBytes: 100 * MIB, oldBytes: 100 * MIB }), []);
    });

    it('add the old code and the new one, and something for the rest of the block', () => {
      const [found] = find({ newBytes: 3 * MIB, maxPovSize: 5 * MIB });
      assert.equal(
        found?.message,
        "The proof of the upgrade's block has the new code of 3.00 MiB and an old code of the same size. " +
          'Together they exceed max_pov_size: 6.00 MiB of 5.00 MiB.',
      );
      assert.deepEqual(found?.data, { newBytes: 3 * MIB, oldBytes: 3 * MIB, maxPovSize: 5 * MIB });
      const [close] = find({ newBytes: 3 * MIB, oldBytes: 1.9 * MIB, maxPovSize: 5 * MIB });
      assert.match(close?.message ?? '', /the old one of 1\.90 MiB\. Together they leave no room for the block in/);
      assert.deepEqual(find({ newBytes: 3 * MIB, oldBytes: 1.7 * MIB, maxPovSize: 5 * MIB }), []);
    });

    it('tell a code that never fits into a relay block from one that may wait', () => {
      const length = 5 * MIB;
      const of = (newBytes: number) =>
        find({ newBytes, blockLength: length }).map(({ id, severity }) => [id, severity]);
      assert.deepEqual(of(5 * MIB), [['upgrade-block-length', 'warning']]);
      assert.deepEqual(of(4.8 * MIB), [['upgrade-block-length', 'warning']]);
      assert.deepEqual(of(2.6 * MIB), [['upgrade-block-length', 'information']]);
      assert.deepEqual(of(2.5 * MIB), []);
    });
  });

  describe('about scheduled limits', () => {
    const over = limitItem('code-size', 4 * 1024 * 1024, LIMIT_BYTES);
    const find = (change: Partial<LimitsContext>) =>
      runRules(rules.limits, { items: [], stats: undefined, vote: 'accept', endedByEstimate: false, ...change }).filter(
        ({ id }) => id === 'pending-limits',
      );

    it('name the session and each limit that refuses the code', () => {
      const items = [...over, ...limitItem('cpu-time', 33_000, 30_000), ...limitItem('memory', 99, 100)];
      const stats = { cpuTimeIs: 'estimated' } as const;
      const [found, ...others] = find({
        stats,
        pending: [{ fromSession: 1234, items, vote: 'reject', reason: 'No.' }],
      });
      assert.deepEqual(others, []);
      assert.equal(found?.severity, 'error');
      assert.equal(
        found?.message,
        'The relay chain changes its limits in session 1234, and then refuses this code. The blob as stored will be above ' +
          'its limit: 4.00 MiB (4 194 304 B) of 3.00 MiB (3 145 728 B), 133.3 %. CPU time of the preparation will be above ' +
          'its limit: ≈33 s of 30 s, ≈110 %.',
      );
      assert.deepEqual(found?.data, { session: 1234 });
    });

    it('give the reason of the vote where no figure is known to be over its limit', () => {
      const [found] = find({ pending: [{ items: [], vote: 'reject', reason: 'Validators would reject it: bad.' }] });
      assert.equal(
        found?.message,
        'The relay chain has scheduled other limits, and then refuses this code. Validators would reject it: bad.',
      );
      assert.equal(found?.data, undefined);
    });

    it('name the first change alone that refuses the code', () => {
      const ok = { fromSession: 1, items: [], vote: 'accept' } as const;
      const [found, ...others] = find({
        pending: [ok, { fromSession: 2, items: over, vote: 'accept' }, { fromSession: 3, items: over, vote: 'reject' }],
      });
      assert.deepEqual(found?.data, { session: 2 });
      assert.deepEqual(others, []);
    });

    it('hold for an inspection, and for a check that failed on this machine', () => {
      const pending = [{ fromSession: 2, items: over }];
      assert.equal(find({ vote: undefined, pending }).length, 1);
      assert.equal(find({ vote: 'undecided', pending }).length, 1);
    });

    it('say nothing of what is refused now, is accepted later, or is only over a budget', () => {
      const pending = [{ items: over, vote: 'reject' as const }];
      assert.deepEqual(find({ vote: 'reject', pending }), []);
      assert.deepEqual(find({ items: over, pending }), []);
      assert.deepEqual(find({ pending: [{ items: limitItem('code-size', 99, 100), vote: 'accept' }] }), []);
      assert.deepEqual(find({ pending: [{ items: [], vote: 'undecided' }] }), []);
      assert.equal(find({ items: limitItem('stored-bytes-budget', 2, 1), pending }).length, 1);
    });
  });

  it('show sizes in bytes and times in seconds', () => {
    const [size, time] = limitFindings([
      ...limitItem('code-size', 4 * 1024 * 1024, 3 * 1024 * 1024),
      ...limitItem('cpu-time', 45_500, 60_000),
    ]);
    assert.match(size?.message ?? '', /4\.00 MiB \(4 194 304 B\) of 3\.00 MiB \(3 145 728 B\), 133\.3 %/);
    assert.match(time?.message ?? '', /45\.50 s of 60 s, 75\.8 %/);
  });
});
