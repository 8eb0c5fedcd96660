import { type FileState, sameState } from '../../base/file-state.ts';
import type { CheckKind } from '../../check/check-settings.ts';
import type { CheckEnd, CheckOptions, CheckReason, Runtime } from '../model.ts';

/** A check to run. */
export interface CheckRun {
  readonly kind: CheckKind;
  readonly runtime: Runtime;
  /** Measures again, even if the result is cached. */
  readonly isForced: boolean;
  /** Measures what each function costs. */
  readonly hasCosts: boolean;
  /** Other limits than those of the setting. */
  readonly profile: string | undefined;
  readonly signal: AbortSignal;
  /** Must be called before the file is read. @param file its state; undefined: the file does not exist */
  beforeReading(file: FileState | undefined): void;
}

/** What happens to checks that can't run at once. */
export interface QueueEvents {
  /** A check waits for others. */
  onWait(check: CheckSubject): void;
  /** A waiting check was cancelled. It never ran. */
  onCancelled(check: CheckSubject): void;
}

/** Runs a check. Never rejects. The result is ignored once the signal is aborted. */
export type RunCheck = (run: CheckRun) => Promise<CheckEnd>;

export type CheckSubject = Pick<CheckRun, 'kind' | 'runtime' | 'isForced' | 'hasCosts' | 'profile'>;

interface CheckRequest extends CheckSubject {
  readonly reason: CheckReason;
}

/** A caller that waits for the end of a check. */
interface Waiter {
  readonly reason: CheckReason;
  resolve(end: CheckEnd): void;
}

type CancelReason = Extract<CheckEnd, { kind: 'cancelled' }>['why'];

/** A waiting or running check. */
interface ScheduledCheck extends CheckSubject {
  /** A command or the API waits for it. */
  readonly isUrgent: boolean;
  readonly waiters: Set<Waiter>;
  readonly controller: AbortController;
  /** The file that is being read. Absent while the check waits. */
  reading?: { readonly file: FileState | undefined };
  cancelledBy?: CancelReason;
}

/**
 * Runs one check at a time, urgent ones first. A request joins the check of its runtime if that check answers it. Otherwise
 * it replaces the check, and the callers that waited for the old one get the new result.
 */
export class CheckScheduler {
  /** At most one per runtime and profile, in the order in which they will run. */
  readonly #waiting: ScheduledCheck[] = [];
  /** May be aborted, and then ends soon. */
  #running: ScheduledCheck | undefined;

  constructor(
    private readonly run: RunCheck,
    private readonly events?: QueueEvents,
  ) {}

  check(kind: CheckKind, runtime: Runtime, options: CheckOptions): Promise<CheckEnd> {
    const { reason, signal, isForced = false, hasCosts = false, profile } = options;
    if (signal?.aborted) return Promise.resolve(cancelled('user'));
    return new Promise((resolve) => {
      const onAbort = () => this.#leave(request, waiter);
      const waiter: Waiter = {
        reason,
        resolve: (end) => {
          signal?.removeEventListener('abort', onAbort);
          resolve(end);
        },
      };
      signal?.addEventListener('abort', onAbort, { once: true });
      const request: CheckRequest = { kind, runtime, isForced, hasCosts, profile, reason };
      const scheduled = this.#scheduledFor(request);
      if (scheduled && answers(scheduled, request)) scheduled.waiters.add(waiter);
      else this.#schedule(request, waiter, scheduled);
    });
  }

  /** The callers are resolved once their check has really ended. @param id absent: all runtimes */
  cancel(why: CancelReason, id?: string): void {
    const scheduled = [...this.#waiting, ...(this.#running ? [this.#running] : [])];
    for (const check of scheduled) {
      if (!check.controller.signal.aborted && (id === undefined || id === check.runtime.id)) this.#cancel(check, why);
    }
  }

  #scheduledFor(subject: CheckSubject): ScheduledCheck | undefined {
    const waiting = this.#waiting.find((check) => isSameSubject(check, subject));
    if (waiting || this.#running === undefined || this.#running.controller.signal.aborted) return waiting;
    return isSameSubject(this.#running, subject) ? this.#running : undefined;
  }

  /** The new check does at least as much as the replaced one, because it serves the same callers. */
  #schedule(request: CheckRequest, waiter: Waiter, replaced: ScheduledCheck | undefined): void {
    const { kind, runtime, isForced, hasCosts, profile } = request;
    const waiters = new Set([...(replaced?.waiters ?? []), waiter]);
    const check: ScheduledCheck = {
      kind: replaced?.kind === 'prepare' ? 'prepare' : kind,
      runtime,
      isForced: replaced?.isForced === true || isForced,
      hasCosts: replaced?.hasCosts === true || hasCosts,
      profile,
      isUrgent: [...waiters].some(({ reason }) => reason !== 'change'),
      waiters,
      controller: new AbortController(),
    };
    if (replaced) {
      replaced.waiters.clear();
      this.#stop(replaced);
    }
    const firstNotUrgent = check.isUrgent ? this.#waiting.findIndex(({ isUrgent }) => !isUrgent) : -1;
    this.#waiting.splice(firstNotUrgent === -1 ? this.#waiting.length : firstNotUrgent, 0, check);
    void this.#runNext();
    if (this.#waiting.includes(check)) this.events?.onWait(check);
  }

  async #runNext(): Promise<void> {
    if (this.#running !== undefined) return;
    const check = this.#waiting.shift();
    if (check === undefined) return;
    this.#running = check;
    try {
      const { kind, runtime, isForced, hasCosts, profile, controller } = check;
      const beforeReading = (file: FileState | undefined) => {
        check.reading = { file };
      };
      const { signal } = controller;
      resolveAll(check, await this.run({ kind, runtime, isForced, hasCosts, profile, signal, beforeReading }));
    } finally {
      this.#running = undefined;
      void this.#runNext();
    }
  }

  /** A caller aborted. When a user cancels, callers that wait because of a changed file are cancelled, too. */
  #leave(subject: CheckSubject, waiter: Waiter): void {
    const check = this.#scheduledFor(subject);
    if (!check?.waiters.has(waiter)) return;
    const keepsAlive = ({ reason }: Waiter) => reason !== 'change' || waiter.reason === 'change';
    if ([...check.waiters].some((other) => other !== waiter && keepsAlive(other))) {
      check.waiters.delete(waiter);
      waiter.resolve(cancelled('user'));
    } else this.#cancel(check, 'user');
  }

  #cancel(check: ScheduledCheck, why: CancelReason): void {
    check.cancelledBy = why;
    const isWaiting = this.#waiting.includes(check);
    this.#stop(check);
    if (isWaiting) this.events?.onCancelled(check);
  }

  #stop(check: ScheduledCheck): void {
    check.controller.abort();
    const place = this.#waiting.indexOf(check);
    if (place === -1) return;
    this.#waiting.splice(place, 1);
    resolveAll(check, cancelled('user'));
  }
}

function isSameSubject(a: CheckSubject, b: CheckSubject): boolean {
  return a.runtime.id === b.runtime.id && a.profile === b.profile;
}

/** Does the result of this check answer the request? */
function answers(check: ScheduledCheck, { kind, runtime, isForced, hasCosts, reason }: CheckRequest): boolean {
  const doesEnough =
    (check.kind === 'prepare' || kind === 'inspect') && (check.isForced || !isForced) && (check.hasCosts || !hasCosts);
  if (!doesEnough || check.runtime.blob.path !== runtime.blob.path) return false;
  // A running check must have read the requested bytes. A waiting one will read them, but may not be urgent enough.
  if (check.reading) return sameState(check.reading.file, runtime.blob);
  return check.isUrgent || reason === 'change';
}

function cancelled(why: CancelReason): CheckEnd {
  return { kind: 'cancelled', why };
}

function resolveAll({ waiters, cancelledBy }: ScheduledCheck, end: CheckEnd): void {
  for (const waiter of waiters) waiter.resolve(cancelledBy === undefined ? end : cancelled(cancelledBy));
}
