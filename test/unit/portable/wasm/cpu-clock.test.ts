import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { preciseClock, threadCpuClock } from '../../../../src/portable/wasm/cpu-clock.ts';

describe('preciseClock', () => {
  it('never goes back', () => {
    const clock = preciseClock();
    let last = clock();
    for (let reading = 0; reading < 5000; reading += 1) {
      const now = clock();
      assert(now >= last);
      last = now;
    }
  });

  it('counts the CPU time of the thread, and not its sleep', function () {
    if (!existsSync('/proc/thread-self/schedstat')) this.skip();
    const [clock, cpu] = [preciseClock(), threadCpuClock()];
    const cell = new Int32Array(new SharedArrayBuffer(4));
    const [start, cpuStart] = [clock(), cpu()];
    for (let round = 0; round < 10; round += 1) {
      const end = performance.now() + 10;
      while (performance.now() < end) clock();
      Atomics.wait(cell, 0, 0, 15);
    }
    const [millis, cpuMillis] = [(clock() - start) / 1e6, cpu() - cpuStart];
    // Linux updates the CPU time in steps.
    assert(Math.abs(millis - cpuMillis) < 25, `${millis} ms, ${cpuMillis} ms of CPU time`);
  });
});
