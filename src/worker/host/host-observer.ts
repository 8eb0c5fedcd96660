import type { Outcome } from './outcome.ts';

/** Receives what a host does, as it happens. A metrics collector implements it; the calls must be cheap and never throw. */
export interface HostObserver {
  jobEnqueued(): void;
  /**
   * A worker is done with a job. A job that is retried because its worker was unreachable is reported once per attempt.
   * @param wallMs from the start of the job to its outcome, in milliseconds
   */
  jobDone(outcome: Outcome, wallMs: number): void;
  /** `retired`: killed, or found dead. */
  workerIs(state: 'spawning' | 'spawned' | 'retired'): void;
}

export const noObserver: HostObserver = { jobEnqueued: () => {}, jobDone: () => {}, workerIs: () => {} };
