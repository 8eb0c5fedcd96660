/** Polling for changes that no watcher reports. */
import { stateOf } from '../../base/file-state.ts';

const POLL_DURING_BUILD_MS = 5_000;
const POLL_MS = 30_000;
/** A build is likely to run for this long after its last sign. */
const SIGN_HOLDS_MS = 120_000;

/** Is a build likely to be running? */
export class BuildActivity {
  #running = 0;
  #lastSignMs = Number.NEGATIVE_INFINITY;

  constructor(private readonly now: () => number = () => performance.now()) {}

  /** A process that may be a build started. Must be followed by `ended`. */
  started(): void {
    this.#running++;
    this.#lastSignMs = this.now();
  }

  ended(): void {
    this.#running = Math.max(0, this.#running - 1);
    this.#lastSignMs = this.now();
  }

  /** A file changed in a folder that builds write to. */
  fileChanged(): void {
    this.#lastSignMs = this.now();
  }

  get isLikely(): boolean {
    return this.#running > 0 || this.now() - this.#lastSignMs < SIGN_HOLDS_MS;
  }

  /** Milliseconds until the next poll. */
  get pollMs(): number {
    return this.isLikely ? POLL_DURING_BUILD_MS : POLL_MS;
  }
}

/**
 * The states of files and folders as text. Equal texts mean that nothing was added, removed or written. Lists no folders and
 * reads no files.
 */
export async function snapshotOf(paths: readonly string[]): Promise<string> {
  const states = await Promise.all(paths.map((path) => stateOf(path).catch(() => undefined)));
  return JSON.stringify(states);
}
