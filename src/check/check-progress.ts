/** The progress of a check. Plain data. */
export interface CheckProgress {
  readonly phase: 'starting' | 'preparing' | 'inspecting';
  /** Functions compiled so far, and in total. Only the built-in worker reports them. */
  readonly done?: number;
  readonly total?: number;
  /** The worker reports the functions, maybe later. */
  readonly isCounted?: boolean;
  /** Estimated wall-clock time of the preparation, in milliseconds. */
  readonly expectedMs?: number;
}

/** Merges updates, so that every emitted value is complete. Emits nothing after it is disposed. */
export class ProgressReporter implements Disposable {
  #latest: CheckProgress;
  #isDisposed = false;

  constructor(
    phase: CheckProgress['phase'],
    private readonly emit: (progress: CheckProgress) => void,
  ) {
    this.#latest = { phase };
    emit(this.#latest);
  }

  update(change: Partial<CheckProgress>): void {
    if (this.#isDisposed) return;
    this.#latest = { ...this.#latest, ...change };
    this.emit(this.#latest);
  }

  [Symbol.dispose](): void {
    this.#isDisposed = true;
  }
}
