import type { CheckEnd, CheckOptions, CheckState, Runtime } from '../model.ts';

export interface FirstInspectionsOptions {
  readonly runtimes: () => readonly Runtime[];
  readonly stateOf: (id: string) => CheckState;
  /** Should this runtime be inspected without a request? */
  readonly isWanted: (runtime: Runtime) => boolean;
  readonly inspect: (runtime: Runtime, options: CheckOptions) => Promise<CheckEnd>;
}

/**
 * Inspects runtimes that have no report, so that the view has sizes and findings from the start. One at a time: each check
 * that a user or a build starts goes first.
 */
export class FirstInspections implements Disposable {
  /** Each runtime is inspected once. Changes of its blob start checks of their own. */
  readonly #tried = new Set<string>();
  readonly #closed = new AbortController();
  #running: Promise<void> | undefined;

  constructor(private readonly options: FirstInspectionsOptions) {}

  /** Call it whenever runtimes may have appeared. Resolves when no runtime is left. */
  run(): Promise<void> {
    this.#running ??= this.#inspectAll().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  [Symbol.dispose](): void {
    this.#closed.abort();
  }

  async #inspectAll(): Promise<void> {
    const { signal } = this.#closed;
    for (let next = this.#next(); next !== undefined && !signal.aborted; next = this.#next()) {
      this.#tried.add(next.id);
      await this.options.inspect(next, { reason: 'change', signal });
    }
  }

  #next(): Runtime | undefined {
    const { runtimes, stateOf, isWanted } = this.options;
    return runtimes().find((runtime) => {
      const { report, problem, activity } = stateOf(runtime.id);
      const isUnchecked = report === undefined && problem === undefined && activity.kind === 'idle';
      return isUnchecked && !this.#tried.has(runtime.id) && isWanted(runtime);
    });
  }
}
