/** Runs one search at a time. What is asked for meanwhile is answered by one more, that begins after it. */
export class SearchLoop {
  #next: Promise<void> | undefined;
  #running: Promise<void> = Promise.resolve();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #firstAskedAt: number | undefined;
  readonly #stop = new AbortController();

  /**
   * @param search deals with its own errors: a rejection counts as an end like any other
   * @param debounceMs how long `soon` waits for more of the kind; under steady asking, at most ten times that
   */
  constructor(
    private readonly search: (signal: AbortSignal) => Promise<void>,
    private readonly debounceMs: number,
  ) {}

  /** Resolves when a search that began after this call has ended; also when the loop was stopped. */
  now(): Promise<void> {
    this.#cancelTimer();
    this.#next ??= this.#afterRunning();
    return this.#next;
  }

  /** Asks for a search after a while of quiet. */
  soon(): void {
    if (this.#stop.signal.aborted) return;
    const now = performance.now();
    this.#firstAskedAt ??= now;
    // A build writes for minutes; its first blob need not wait for its last.
    if (this.#timer !== undefined && now - this.#firstAskedAt >= 9 * this.debounceMs) return;
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
    this.#firstAskedAt = undefined;
  }
}
