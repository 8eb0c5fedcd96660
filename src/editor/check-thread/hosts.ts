import type { HostDirectories } from '../../worker/host/host-directories.ts';
import { logDirectives } from '../../worker/host/log-directives.ts';
import { type OpenedHost, openHost } from '../../worker/host/open-host.ts';
import type { ExaminedWorker } from '../../worker/probe/examined-worker.ts';
import { answerKey } from './answers.ts';
import { spawnTimeoutMs, type ThreadSurroundings } from './surroundings.ts';

/** A worker that is not used for so long gives its memory back, in milliseconds. */
const IDLE_MS = 5 * 60_000;

/** The host of the worker at hand, kept with its warm worker until another is wanted or nobody needs it. */
export class Hosts implements AsyncDisposable {
  #open: { readonly key: string; readonly opened: OpenedHost } | undefined;
  #idle: NodeJS.Timeout | undefined;

  constructor(private readonly surroundings: ThreadSurroundings) {}

  async of(worker: ExaminedWorker, directories: HostDirectories, isVerbose: boolean): Promise<OpenedHost> {
    clearTimeout(this.#idle);
    const directives = logDirectives(worker, isVerbose ? 'debug' : 'quiet');
    const key = answerKey(worker.identity, worker.program, directives);
    if (this.#open?.key === key) return this.#open.opened;
    await this[Symbol.asyncDispose]();
    const { log, guard } = this.surroundings;
    const opened = await openHost({ worker, directories, spawnTimeoutMs, logDirectives: directives, log, guard });
    this.#open = { key, opened };
    return opened;
  }

  /** To be called when a job is done. */
  rest(): void {
    clearTimeout(this.#idle);
    this.#idle = setTimeout(() => {
      this[Symbol.asyncDispose]().catch((error: unknown) => this.surroundings.log.error(String(error)));
    }, IDLE_MS).unref();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearTimeout(this.#idle);
    const open = this.#open;
    this.#open = undefined;
    await open?.opened.host[Symbol.asyncDispose]();
  }
}
