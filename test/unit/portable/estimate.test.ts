import assert from 'node:assert/strict';
import {
  enginePeakLimit,
  expectedEngineMs,
  nativeCpuMs,
  nativeCpuMsSoFar,
  nativePeakBytes,
} from '../../../src/portable/estimate.ts';

const artifact = { kind: 'bytes', bytes: new Uint8Array(5_000_000) } as const;
const plans = ['whole', 'sharded', 'stored'] as const;

describe('the estimate of a native worker', () => {
  it('is less CPU time and more memory than the engine needs', () => {
    for (const plan of plans) {
      const engineMs = expectedEngineMs({ plan, artifact }, true);
      assert(nativeCpuMs({ plan, cpuMs: engineMs, slowness: 1 }, artifact.bytes.length) < engineMs);
      assert(nativeCpuMsSoFar(engineMs, plan) < engineMs);
      assert(nativePeakBytes(30_000_000, plan) > 30_000_000);
    }
  });

  it('grows with the artifact and the slowness of the machine', () => {
    const once = nativeCpuMs({ plan: 'stored', cpuMs: 1, slowness: 1 }, 5_000_000);
    assert.equal(nativeCpuMs({ plan: 'stored', cpuMs: 1, slowness: 2 }, 5_000_000), 2 * once);
    assert.equal(nativeCpuMs({ plan: 'stored', cpuMs: 1, slowness: 1 }, 10_000_000), 2 * once);
  });

  it('is the same for unfinished and finished jobs on the machine of the calibration', () => {
    const engineMs = expectedEngineMs({ plan: 'whole', artifact }, true);
    const ended = nativeCpuMs({ plan: 'whole', cpuMs: engineMs, slowness: 1 }, artifact.bytes.length);
    assert(Math.abs(nativeCpuMsSoFar(engineMs, 'whole') - ended) < 1e-6);
  });

  it('allows for the warm-up of a process', () => {
    assert(expectedEngineMs({ plan: 'whole', artifact }, false) > expectedEngineMs({ plan: 'whole', artifact }, true));
  });

  it('does not change measured figures', () => {
    assert.equal(nativeCpuMs({ plan: 'native', cpuMs: 3000, slowness: 1 }, 1), 3000);
    assert.equal(nativeCpuMsSoFar(3000, 'native'), 3000);
    assert.equal(nativePeakBytes(30_000_000, 'native'), 30_000_000);
  });

  it('is never 0', () => {
    assert(nativeCpuMs({ plan: 'whole', cpuMs: 0, slowness: 1 }, 0) > 0);
    assert(nativeCpuMsSoFar(0, 'whole') > 0);
  });

  it('converts a memory limit to the equivalent limit of the engine', () => {
    for (const limit of [1n, 2_000_000n, 2n ** 28n, 2n ** 34n]) {
      const engineLimit = Number(enginePeakLimit(limit));
      assert(engineLimit >= 1);
      assert(nativePeakBytes(engineLimit + 2, 'whole') > Number(limit));
      if (engineLimit > 1) assert(nativePeakBytes(engineLimit, 'whole') <= Number(limit));
    }
  });
});
