/** Is a build likely to be going on? Decides how often the disk is looked at where no watcher tells. */

const WHILE_BUILDING_MS = 5_000;
const WHILE_QUIET_MS = 30_000;
/** A build is taken to be going on for that long after the last sign of one. */
const SIGN_HOLDS_MS = 120_000;

export class BuildSigns {
  #running = 0;
  #lastSignMs = Number.NEGATIVE_INFINITY;

  constructor(private readonly now: () => number = () => performance.now()) {}

  /** Something that may be a build began; it ends with `ended`. */
  began(): void {
    this.#running++;
    this.#lastSignMs = this.now();
  }

  ended(): void {
    this.#running = Math.max(0, this.#running - 1);
    this.#lastSignMs = this.now();
  }

  /** A file changed where builds write. */
  seen(): void {
    this.#lastSignMs = this.now();
  }

  get isLikely(): boolean {
    return this.#running > 0 || this.now() - this.#lastSignMs < SIGN_HOLDS_MS;
  }

  /** Milliseconds until the next look. */
  get pollMs(): number {
    return this.isLikely ? WHILE_BUILDING_MS : WHILE_QUIET_MS;
  }
}
