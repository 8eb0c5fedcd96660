import type { Log } from '../../base/log.ts';
import type { EngineProgress } from '../job/engine.ts';

const EVERY_MS = 100;

/** Tells a job's progress as log lines, at most ten a second of the counting ones and the last. */
export function progressLines(log: Log): (event: EngineProgress) => void {
  let toldAt = Number.NEGATIVE_INFINITY;
  return (event) => {
    switch (event.kind) {
      case 'decompressed':
        return log.debug(`decompressed ${event.bytes} bytes`);
      case 'planned':
        return log.debug(`plan ${event.plan}, instances ${event.instances}`);
      case 'timed':
        return log.debug(`step ${event.step} took ${event.ms.toFixed(1)} ms`);
      case 'compiled': {
        const now = performance.now();
        if (event.done < event.total && now - toldAt < EVERY_MS) return;
        toldAt = now;
        log.debug(`compiled ${event.done} of ${event.total} functions`);
      }
    }
  };
}
