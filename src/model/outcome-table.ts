interface OutcomeTraits {
  /**
   * The cause of a failure. `host`: this machine, so the outcome says nothing about the runtime. `by-error` and `by-signal`:
   * the prepare error, or the signal that ended the job, decides.
   */
  readonly fault: 'runtime' | 'host' | 'by-error' | 'by-signal';
  /** What happens to the worker after the job (protocol, 5.3). */
  readonly workerFate: 'kept' | 'killed';
  /** A worker ran the job, and its times are those of the blob on disk. */
  readonly ranInWorker: boolean;
  /** The same code has the same outcome next time, unless the host is the cause. Time-outs may differ. */
  readonly cacheable: boolean;
}

const ofRuntime = { fault: 'runtime', workerFate: 'killed', ranInWorker: true, cacheable: false } as const;
const ofHost = { fault: 'host', workerFate: 'killed', ranInWorker: true, cacheable: false } as const;
const notRun = { ...ofHost, ranInWorker: false } as const;

/** The nine outcomes of Polkadot's host (`worker_interface.rs`), then ours, which are never the runtime's fault. */
export const outcomeKinds = {
  concluded: { fault: 'by-error', workerFate: 'kept', ranInWorker: true, cacheable: true },
  unreachable: notRun,
  'create-tmp-file': { ...ofHost, workerFate: 'kept' },
  'rename-tmp-file': { ...ofHost, workerFate: 'kept' },
  'clear-worker-dir': ofHost,
  'timed-out': ofRuntime,
  'io-error': ofHost,
  'out-of-memory': { ...ofRuntime, cacheable: true },
  'job-died': { ...ofHost, fault: 'by-signal' },
  'not-spawned': notRun,
  'unsupported-worker': notRun,
  cancelled: notRun,
  // The worker ran, but its input is no longer on disk.
  'stale-input': notRun,
} as const satisfies Readonly<Record<string, OutcomeTraits>>;

export type OutcomeKind = keyof typeof outcomeKinds;

export const outcomeKindNames = Object.keys(outcomeKinds) as readonly OutcomeKind[];
