/** What the threads of a run tell each other without messages: a thread that hangs sends none. */
const NEXT = 0;
const PER_THREAD = 2;

/** A case that a thread works on. */
export interface Running {
  readonly number: number;
  readonly forMs: number;
}

export class SharedState {
  readonly #words: Int32Array;
  readonly #began: number;

  /** @param began as `Date.now()` gives it: times are counted from there */
  constructor(
    readonly buffer: SharedArrayBuffer,
    began: number,
  ) {
    this.#words = new Int32Array(buffer);
    this.#began = began;
  }

  /** @param first number of the first case */
  static create(threads: number, first: number, began: number): SharedState {
    const state = new SharedState(new SharedArrayBuffer((1 + threads * PER_THREAD) * 4), began);
    state.#words[NEXT] = first;
    return state;
  }

  /** Takes the next case. */
  begin(thread: number): number {
    const number = Atomics.add(this.#words, NEXT, 1);
    Atomics.store(this.#words, this.#place(thread) + 1, this.#now());
    Atomics.store(this.#words, this.#place(thread), number);
    return number;
  }

  /** The time of the case counts from now on. */
  restart(thread: number): void {
    Atomics.store(this.#words, this.#place(thread) + 1, this.#now());
  }

  end(thread: number): void {
    Atomics.store(this.#words, this.#place(thread), 0);
  }

  /** Undefined: the thread is between two cases. */
  running(thread: number): Running | undefined {
    const number = Atomics.load(this.#words, this.#place(thread));
    const since = Atomics.load(this.#words, this.#place(thread) + 1);
    return number === 0 ? undefined : { number, forMs: this.#now() - since };
  }

  #place(thread: number): number {
    return 1 + thread * PER_THREAD;
  }

  #now(): number {
    return Date.now() - this.#began;
  }
}
