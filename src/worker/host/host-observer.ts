import type { Outcome } from './outcome.ts';

/** Receives the events of a host. The calls must be cheap and never throw. */
export interface HostObserver {
  jobEnqueued(): void;
  /**
   * A worker has finished a job. If a job is retried because its worker was unreachable, each attempt is reported.
   * @param wallMs from the start of the job to its outcome, in milliseconds
   */
  jobDone(outcome: Outcome, wallMs: number): void;
  /** `retired`: killed, or found dead. */
  workerIs(state: 'spawning' | 'spawned' | 'retired'): void;
}

export const noObserver: HostObserver = { jobEnqueued: () => {}, jobDone: () => {}, workerIs: () => {} };
