/** Tasks that are aborted when their owner is disposed. */
export class TaskGroup implements AsyncDisposable {
  readonly #closing = new AbortController();
  readonly #running = new Set<Promise<unknown>>();

  /**
   * Runs a task with a signal that aborts with the given one or when the group is disposed. Settles like the task.
   * Rejects immediately when the group is already disposed.
   */
  async run<T>(signal: AbortSignal | undefined, task: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const closing = this.#closing.signal;
    closing.throwIfAborted();
    const running = task(signal === undefined ? closing : AbortSignal.any([signal, closing]));
    this.#running.add(running);
    try {
      return await running;
    } finally {
      this.#running.delete(running);
    }
  }

  /** Aborts all tasks and waits until they have settled. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing.abort(new DOMException('The owner of the task was closed.', 'AbortError'));
    await Promise.allSettled(this.#running);
  }
}
