import type { Log } from '../../base/log.ts';
import type { EngineProgress } from '../engine.ts';

const EVERY_MS = 100;

/** Logs a job's progress. Lines that count functions come at most ten times a second, and at the end. */
export function logProgress(log: Log): (event: EngineProgress) => void {
  let loggedAt = Number.NEGATIVE_INFINITY;
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
        if (event.done < event.total && now - loggedAt < EVERY_MS) return;
        loggedAt = now;
        log.debug(`compiled ${event.done} of ${event.total} functions`);
      }
    }
  };
}
