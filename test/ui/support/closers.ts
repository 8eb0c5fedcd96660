/** Resources to close in reverse order. (Node 20 has no AsyncDisposableStack.) */
export class Closers implements AsyncDisposable {
  readonly #closers: (() => unknown)[] = [];

  use<T extends AsyncDisposable | Disposable>(resource: T): T {
    this.add(() => (Symbol.asyncDispose in resource ? resource[Symbol.asyncDispose]() : resource[Symbol.dispose]()));
    return resource;
  }

  add(close: () => unknown): void {
    this.#closers.push(close);
  }

  /** Closes all, even if one fails. Then rejects with the first failure. */
  async [Symbol.asyncDispose](): Promise<void> {
    const failures: unknown[] = [];
    for (const close of this.#closers.splice(0).reverse()) {
      try {
        await close();
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw failures[0];
  }
}
