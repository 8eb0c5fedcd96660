import { cacheKey } from '../base/cache-key.ts';
import type { OpenedHost } from '../worker/host/open-host.ts';
import type { ExaminedWorker } from '../worker/probe/examined-worker.ts';

/** Opens a host for a worker. The host may start its process with the first job. */
export type OpenHost = (worker: ExaminedWorker, logDirectives: string) => Promise<OpenedHost>;

export interface WarmHostOptions {
  readonly open: OpenHost;
  /** Closes the host after so many milliseconds without a job. Undefined: the host stays open. */
  readonly idleMs: number | undefined;
  /** Closing an idle host failed. */
  readonly onError: (error: unknown) => void;
}

/** The right to use the host. */
export interface HostLease {
  readonly opened: OpenedHost;
  /** @param next `close`: the host is not used again, and closes when its last user releases it */
  release(next: 'keep' | 'close'): Promise<void>;
}

interface Entry {
  readonly key: string;
  readonly opened: Promise<OpenedHost>;
  users: number;
}

/**
 * One open host with its warm worker, ready for the next job. A lease for another worker closes it, so that only one
 * worker takes up memory. A host in use closes when its last user releases it.
 */
export class WarmHost implements AsyncDisposable {
  readonly #options: WarmHostOptions;
  #current: Entry | undefined;
  /** No longer current, but still in use. */
  readonly #retired = new Set<Entry>();
  #idle: NodeJS.Timeout | undefined;

  constructor(options: WarmHostOptions) {
    this.#options = options;
  }

  /** Rejects as `open` does. */
  async lease(worker: ExaminedWorker, logDirectives: string): Promise<HostLease> {
    clearTimeout(this.#idle);
    const { identity, program, revision } = worker;
    const key = cacheKey(identity, program, revision.id, logDirectives);
    const before = this.#current;
    const entry = before?.key === key ? before : this.#open(key, worker, logDirectives);
    entry.users += 1;
    if (before !== undefined && before !== entry) await this.#retire(before);
    return { opened: await entry.opened, release: (next) => this.#release(entry, next) };
  }

  /** Closes the host at once, or when its last user releases it. The next lease opens another one. */
  async restart(): Promise<void> {
    clearTimeout(this.#idle);
    const entry = this.#current;
    this.#current = undefined;
    if (entry !== undefined) await this.#retire(entry);
  }

  /** Closes every host, also those in use: their jobs end as cancelled. */
  async [Symbol.asyncDispose](): Promise<void> {
    clearTimeout(this.#idle);
    const entries = [...this.#retired, ...(this.#current === undefined ? [] : [this.#current])];
    this.#current = undefined;
    this.#retired.clear();
    await Promise.all(entries.map(close));
  }

  #open(key: string, worker: ExaminedWorker, logDirectives: string): Entry {
    const opened = this.#options.open(worker, logDirectives);
    const entry: Entry = { key, opened, users: 0 };
    this.#current = entry;
    // Opening may succeed next time.
    opened.catch(() => {
      if (this.#current === entry) this.#current = undefined;
    });
    return entry;
  }

  async #release(entry: Entry, next: 'keep' | 'close'): Promise<void> {
    entry.users -= 1;
    if (next === 'close' && this.#current === entry) this.#current = undefined;
    if (this.#current !== entry) return this.#retire(entry);
    if (entry.users === 0) this.#closeWhenIdle(entry);
  }

  async #retire(entry: Entry): Promise<void> {
    if (entry.users > 0) {
      this.#retired.add(entry);
      return;
    }
    this.#retired.delete(entry);
    await close(entry);
  }

  #closeWhenIdle(entry: Entry): void {
    const { idleMs, onError } = this.#options;
    if (idleMs === undefined) return;
    this.#idle = setTimeout(() => {
      this.#current = undefined;
      close(entry).catch(onError);
    }, idleMs).unref();
  }
}

async function close({ opened }: Entry): Promise<void> {
  const host = await opened.then(
    ({ host }) => host,
    () => undefined,
  );
  await host?.[Symbol.asyncDispose]();
}
