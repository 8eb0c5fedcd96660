import assert from 'node:assert/strict';
import { limitFindings } from '../../../src/check/findings/limit-findings.ts';
import { limitItem } from '../../../src/model/limit-item.ts';
import type { LimitId, LimitItem } from '../../../src/model/report.ts';

/** The share from which each limit is near. */
const nearFrom: Readonly<Record<LimitId, number>> = {
  'code-size': 0.9,
  'raw-code-size': 0.9,
  'cpu-time': 0.5,
  memory: 0.8,
  'stored-bytes-budget': 0.95,
  'raw-bytes-budget': 0.95,
  'artifact-bytes-budget': 0.95,
  'cpu-time-budget': 0.95,
  'memory-budget': 0.95,
};
const ids = Object.keys(nearFrom) as LimitId[];
const LIMIT = 1_000_000;

function levelOf(id: LimitId, used: number): LimitItem['level'] | undefined {
  return limitItem(id, used, LIMIT)[0]?.level;
}

describe('a limit', () => {
  for (const id of ids) {
    it(`${id} is near from ${nearFrom[id] * 100} % on, and over only above 100 %`, () => {
      const near = nearFrom[id] * LIMIT;
      assert.deepEqual(
        [0, near - 1, near, LIMIT, LIMIT + 1].map((used) => levelOf(id, used)),
        ['ok', 'ok', 'near', 'near', 'over'],
      );
    });
  }

  it('has the ratio', () => {
    assert.deepEqual(limitItem('memory', 512, 1024), [
      { id: 'memory', used: 512, limit: 1024, ratio: 0.5, level: 'ok' },
    ]);
  });

  it('is absent where the use or the limit is not known', () => {
    assert.deepEqual(limitItem('memory', undefined, 1024), []);
    assert.deepEqual(limitItem('memory', 512, undefined), []);
    assert.deepEqual(limitItem('memory', 512, 0), []);
  });
});

describe('the findings of limits', () => {
  it('are none where all is well', () => {
    assert.deepEqual(limitFindings(ids.flatMap((id) => limitItem(id, 1, LIMIT))), []);
  });

  for (const id of ids) {
    it(`warn of a ${id} that is near, and call one that is over an error`, () => {
      const [near, over] = limitFindings([...limitItem(id, LIMIT, LIMIT), ...limitItem(id, LIMIT + 1, LIMIT)]);
      assert.equal(near?.id, `near-limit-${id}`);
      assert.equal(near?.severity, 'warning');
      assert.match(near?.message ?? '', / is near its limit: .* 100\.0 %\.$/);
      assert.deepEqual(near?.data, { used: LIMIT, limit: LIMIT });
      assert.match(near?.hint ?? '', /^[A-Z].*\.$/);
      assert.equal(over?.id, `over-limit-${id}`);
      assert.equal(over?.severity, 'error');
      assert.match(over?.message ?? '', / is above its limit: .* 100\.1 %\.$/);
    });
  }

  it('show an estimate as one, and only that', () => {
    const items = [...limitItem('cpu-time', 45_500, 60_000), ...limitItem('memory', LIMIT, LIMIT)];
    const [time, memory] = limitFindings(items, { cpuTimeIs: 'estimated', memoryIs: 'measured' });
    assert.match(time?.message ?? '', /: about 46 s of 60 s, ~76 % \(estimated\)\.$/);
    assert.deepEqual(time?.data, { used: 45_500, limit: 60_000, estimated: true });
    assert.doesNotMatch(memory?.message ?? '', /about|estimated/);
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
