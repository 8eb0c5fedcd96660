/** Runs one search at a time. Requests during a search share the next one. */
export class SearchLoop {
  #next: Promise<void> | undefined;
  #running: Promise<void> = Promise.resolve();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #firstRequestAt: number | undefined;
  readonly #stop = new AbortController();

  /**
   * @param search handles its own errors; a rejection counts as a normal end
   * @param debounceMs the time for which `soon` waits for further requests; at most ten times that in total
   */
  constructor(
    private readonly search: (signal: AbortSignal) => Promise<void>,
    private readonly debounceMs: number,
  ) {}

  /** Resolves when a search that began after this call has ended, or when the loop was stopped. */
  now(): Promise<void> {
    this.#cancelTimer();
    this.#next ??= this.#afterRunning();
    return this.#next;
  }

  /** Requests a search once no more requests arrive. */
  soon(): void {
    if (this.#stop.signal.aborted) return;
    const now = performance.now();
    this.#firstRequestAt ??= now;
    // A build writes for minutes. Its first blob should not wait for the last one.
    if (this.#timer !== undefined && now - this.#firstRequestAt >= 9 * this.debounceMs) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.now(), this.debounceMs);
  }

  stop(): void {
    this.#cancelTimer();
    this.#stop.abort();
  }

  async #afterRunning(): Promise<void> {
    await this.#running;
    this.#next = undefined;
    const { signal } = this.#stop;
    if (signal.aborted) return;
    this.#running = this.search(signal).catch(() => {});
    await this.#running;
  }

  #cancelTimer(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#firstRequestAt = undefined;
  }
}
