import assert from 'node:assert/strict';
import { enginePeakLimit, nativeCpuMs, nativeCpuMsSoFar, nativePeakBytes } from '../../../src/portable/estimate.ts';

const figures = {
  codeLength: 1_000_000,
  instrumentedBytes: 1_300_000,
  functions: 1000,
  artifactBytes: 5_000_000,
  engineCpuMs: 3000,
  enginePeakBytes: 30_000_000,
};

describe('the estimate', () => {
  it('is less CPU time than the engine took, and more memory', () => {
    assert(nativeCpuMs({ ...figures, plan: 'whole' }) < 3000);
    assert(nativePeakBytes({ ...figures, plan: 'whole' }) > 30_000_000);
  });

  it('of a job that had a part of its code already does not depend on the time that it took', () => {
    for (const plan of ['sharded', 'stored'] as const) {
      const quick = nativeCpuMs({ ...figures, engineCpuMs: 1, plan });
      assert.equal(quick, nativeCpuMs({ ...figures, plan }));
      assert(quick > 1);
    }
  });

  it('leaves what was measured as it is', () => {
    assert.equal(nativeCpuMs({ ...figures, plan: 'native' }), 3000);
    assert.equal(nativeCpuMsSoFar(3000, 'native'), 3000);
    assert.equal(nativePeakBytes({ ...figures, plan: 'native' }), 30_000_000);
  });

  it('is never no time at all', () => {
    assert(nativeCpuMs({ ...figures, engineCpuMs: 0, plan: 'whole' }) > 0);
    assert(nativeCpuMsSoFar(0, 'whole') > 0);
  });

  it('gives the engine a memory limit that it passes exactly when the estimate passes the limit', () => {
    for (const limit of [1n, 1_000_000n, 2n ** 28n, 2n ** 34n]) {
      const engineLimit = Number(enginePeakLimit(limit));
      assert(engineLimit >= 1);
      assert(nativePeakBytes({ enginePeakBytes: engineLimit + 2, plan: 'whole' }) > Number(limit));
      if (engineLimit > 1) assert(nativePeakBytes({ enginePeakBytes: engineLimit, plan: 'whole' }) <= Number(limit));
    }
  });
});
