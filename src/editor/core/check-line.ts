/** Who asked for which check, and how it ended for them. */
import type { CheckKind, CheckReason, Runtime } from '../model.ts';
import type { CheckEnd, CheckOptions } from '../services.ts';
import { JobLine, type LineJob } from './job-line.ts';

/** A check at work. */
export interface CheckRun {
  readonly kind: CheckKind;
  readonly runtime: Runtime;
  /** Asks the worker, whatever is known. */
  readonly isFresh: boolean;
  readonly signal: AbortSignal;
  /** To be called before the file is read. @param changedMs as in `BlobFile` */
  began(changedMs: number | undefined): void;
}

/** Does a check. Never rejects; what it ends with after its signal is aborted counts for nobody. */
export type RunCheck = (run: CheckRun) => Promise<CheckEnd>;

interface Waiter {
  readonly reason: CheckReason;
  end(end: CheckEnd): void;
}

/** A check that waits or runs. */
interface Asked {
  readonly kind: CheckKind;
  readonly isFresh: boolean;
  readonly isUrgent: boolean;
  readonly path: string;
  readonly waiters: Set<Waiter>;
  readonly job: LineJob;
  /** Absent: it waits yet, and will read whatever is on disk then. */
  reading?: { readonly changedMs: number | undefined };
  cancelled?: CancelledBy;
}

type CancelledBy = Extract<CheckEnd, { kind: 'cancelled' }>['why'];

const cancelledBy = (why: CancelledBy): CheckEnd => ({ kind: 'cancelled', why });

/**
 * One check per runtime at a time. Whoever asks for what is being found out already waits for that; a check of newer bytes
 * takes the place of the older one, and those who waited for that one get the newer answer.
 */
export class CheckLine {
  readonly #line = new JobLine();
  readonly #asked = new Map<string, Asked>();

  constructor(private readonly run: RunCheck) {}

  ask(kind: CheckKind, runtime: Runtime, { reason, signal, isFresh = false }: CheckOptions): Promise<CheckEnd> {
    if (signal?.aborted) return Promise.resolve(cancelledBy('person'));
    return new Promise((resolve) => {
      const onAbort = () => this.#leave(runtime.id, waiter);
      const waiter: Waiter = {
        reason,
        end: (end) => {
          signal?.removeEventListener('abort', onAbort);
          resolve(end);
        },
      };
      signal?.addEventListener('abort', onAbort, { once: true });
      const present = this.#asked.get(runtime.id);
      if (present && answers(present, kind, runtime, { reason, isFresh })) present.waiters.add(waiter);
      else this.#add(runtime, { kind, isFresh }, present, waiter);
    });
  }

  /** Those who wait hear of it when nothing of the check is left. @param id absent: all */
  cancel(why: CancelledBy, id?: string): void {
    for (const [runtimeId, asked] of this.#asked) {
      if (id === undefined || id === runtimeId) this.#drop(runtimeId, asked, why);
    }
  }

  /** The older check's waiters come along, and what they wanted is not done less thoroughly. */
  #add(
    runtime: Runtime,
    wanted: { readonly kind: CheckKind; readonly isFresh: boolean },
    older: Asked | undefined,
    waiter: Waiter,
  ): void {
    const waiters = new Set([...(older?.waiters ?? []), waiter]);
    older?.waiters.clear();
    const kind = older?.kind === 'prepare' ? 'prepare' : wanted.kind;
    const isFresh = older?.isFresh === true || wanted.isFresh;
    const isUrgent = [...waiters].some(({ reason }) => reason !== 'change');
    const { id, blob } = runtime;
    const began = (changedMs: number | undefined) => {
      asked.reading = { changedMs };
    };
    const job: LineJob = {
      subject: id,
      isUrgent,
      run: async (signal) => this.#end(id, asked, await this.run({ kind, runtime, isFresh, signal, began })),
      dropped: () => this.#end(id, asked, cancelledBy('person')),
    };
    const asked: Asked = { kind, isFresh, isUrgent, path: blob.path, waiters, job };
    this.#asked.set(id, asked);
    this.#line.add(job);
  }

  #end(id: string, asked: Asked, end: CheckEnd): void {
    if (this.#asked.get(id) === asked) this.#asked.delete(id);
    for (const waiter of asked.waiters) waiter.end(asked.cancelled ? cancelledBy(asked.cancelled) : end);
  }

  /** One gave up. When a person does, a check that nobody else asked for by hand is ended for those too that a change made wait. */
  #leave(id: string, waiter: Waiter): void {
    const asked = this.#asked.get(id);
    if (!asked?.waiters.has(waiter)) return;
    const counts = ({ reason }: Waiter) => reason !== 'change' || waiter.reason === 'change';
    if ([...asked.waiters].some((other) => other !== waiter && counts(other))) {
      asked.waiters.delete(waiter);
      waiter.end(cancelledBy('person'));
    } else this.#drop(id, asked, 'person');
  }

  #drop(id: string, asked: Asked, why: CancelledBy): void {
    asked.cancelled = why;
    this.#asked.delete(id);
    this.#line.remove(asked.job);
  }
}

/** Will the end of this check do for one who asks now? */
function answers(
  { kind, isFresh, isUrgent, path, reading }: Asked,
  wanted: CheckKind,
  { blob }: Runtime,
  asker: { readonly reason: CheckReason; readonly isFresh: boolean },
): boolean {
  const isThorough = (kind === 'prepare' || wanted === 'inspect') && (isFresh || !asker.isFresh);
  if (!isThorough || path !== blob.path) return false;
  // Of one that runs only the bytes count; one that waits must not wait behind what nobody asked for.
  return reading ? reading.changedMs === blob.changedMs : isUrgent || asker.reason === 'change';
}
