/** Calls `update` after changes: for the steps of a progress at most once in a while, for all else without a wait. */
export class Paced implements Disposable {
  #turn: NodeJS.Immediate | undefined;
  #pause: NodeJS.Timeout | undefined;
  #isDue = false;

  constructor(
    private readonly update: () => void,
    private readonly pauseMs: number,
  ) {}

  /** As soon as what runs now has ended: changes that come in one go are shown once, and only the last of them. */
  atOnce(): void {
    this.#isDue = false;
    this.#turn ??= setImmediate(() => {
      this.#turn = undefined;
      this.update();
    });
  }

  /** The first at once, those that follow after a pause, and always after the last. */
  inTime(): void {
    if (this.#pause !== undefined) {
      this.#isDue = true;
      return;
    }
    this.#pause = setTimeout(() => {
      this.#pause = undefined;
      if (this.#isDue) this.inTime();
    }, this.pauseMs);
    this.atOnce();
  }

  [Symbol.dispose](): void {
    clearImmediate(this.#turn);
    clearTimeout(this.#pause);
  }
}
