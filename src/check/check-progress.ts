/** How far a check is. Plain data. */
export interface CheckProgress {
  readonly phase: 'starting' | 'preparing' | 'inspecting';
  /** Functions compiled so far, and all of them; only the built-in worker reports them. */
  readonly done?: number;
  readonly total?: number;
  /** Estimated wall-clock time of the preparation, in milliseconds. */
  readonly expectedMs?: number;
}

/** Puts single news together: every value that it emits says everything that is known. Silent once it is disposed. */
export class ProgressReporter implements Disposable {
  #latest: CheckProgress;
  #isDone = false;

  constructor(
    phase: CheckProgress['phase'],
    private readonly emit: (progress: CheckProgress) => void,
  ) {
    this.#latest = { phase };
    emit(this.#latest);
  }

  update(news: Partial<CheckProgress>): void {
    if (this.#isDone) return;
    this.#latest = { ...this.#latest, ...news };
    this.emit(this.#latest);
  }

  [Symbol.dispose](): void {
    this.#isDone = true;
  }
}
