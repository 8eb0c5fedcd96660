/** Jobs in a line: one runs at a time, those of commands go first, and of one subject only the newest waits. */

export interface LineJob {
  /** The runtime's id. */
  readonly subject: string;
  readonly isUrgent: boolean;
  /** Never rejects. */
  run(signal: AbortSignal): Promise<void>;
  /** It was replaced or cancelled before it began. */
  dropped(): void;
}

export class JobLine {
  readonly #waiting: LineJob[] = [];
  #running: { readonly job: LineJob; readonly cancel: AbortController } | undefined;

  /** Replaces a waiting job of the same subject; one that runs is ended: its blob is not what counts any more. */
  add(job: LineJob): void {
    this.#drop(({ subject }) => subject === job.subject);
    if (this.#running?.job.subject === job.subject) this.#running.cancel.abort();
    const place = job.isUrgent ? this.#waiting.findIndex(({ isUrgent }) => !isUrgent) : -1;
    this.#waiting.splice(place === -1 ? this.#waiting.length : place, 0, job);
    this.#next();
  }

  remove(job: LineJob): void {
    this.#drop((one) => one === job);
    if (this.#running?.job === job) this.#running.cancel.abort();
  }

  #drop(isMeant: (job: LineJob) => boolean): void {
    for (const job of this.#waiting.filter(isMeant)) {
      this.#waiting.splice(this.#waiting.indexOf(job), 1);
      job.dropped();
    }
  }

  #next(): void {
    if (this.#running !== undefined) return;
    const job = this.#waiting.shift();
    if (job === undefined) return;
    const cancel = new AbortController();
    this.#running = { job, cancel };
    void job.run(cancel.signal).finally(() => {
      this.#running = undefined;
      this.#next();
    });
  }
}
