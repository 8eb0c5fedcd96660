import { availableParallelism, freemem } from 'node:os';
import type { Engine, EngineAnswer, EngineJob, EngineProgress, Prepared } from '../engine.ts';
import { expectedEngineMs, nativeCpuMsSoFar } from '../estimate.ts';
import type { FolderStore } from '../store/folder-store.ts';
import type { MachineSpeed } from '../store/machine-speed.ts';
import { EngineThread } from './engine-thread.ts';
import { JobFailed, JobRun } from './job-run.ts';
import type { LoadedEngine } from './load-engine.ts';
import type { PlanInput } from './plan.ts';
import { diedOf, prepareErrorOf } from './refusal.ts';
import { ThreadGroup } from './thread-group.ts';

interface WasmEngineOptions {
  readonly loaded: Promise<LoadedEngine>;
  readonly instances: PlanInput['instances'];
  readonly store: FolderStore | undefined;
  readonly speed: MachineSpeed;
}

/** With less CPU time, V8 has optimised too little machine code to save. */
const MIN_WARMING_MS = 1000;

/** A job with less CPU time is a poor sample of the machine's speed. */
const MIN_SAMPLE_MS = 500;

/** Polkadot's preparation in WebAssembly. Each job has its own threads, which end with it. */
export class WasmEngine implements Engine {
  private readonly module: Promise<WebAssembly.Module>;
  /** The primary thread of the next job, with a loaded instance. */
  private next: EngineThread | undefined;
  /** Resolves when the last job's threads have ended. */
  private ending: Promise<void> = Promise.resolve();

  constructor(private readonly options: WasmEngineOptions) {
    this.module = options.loaded.then(({ module }) => module);
    this.module.catch(() => {});
    this.next = new EngineThread(this.module);
  }

  async prepare(job: EngineJob, progress: (event: EngineProgress) => void, signal: AbortSignal): Promise<EngineAnswer> {
    const [{ sha256, code }] = await Promise.all([this.options.loaded, this.ending]);
    signal.throwIfAborted();
    let isOverLimit = false;
    const threads = new ThreadGroup(this.takePrimary(), this.module, progress, () => {
      if (nativeCpuMsSoFar(threads.cpuMs, run.plan) <= job.cpuLimitMs || isOverLimit) return;
      isOverLimit = true;
      end();
    });
    const end = () => void threads[Symbol.asyncDispose]();
    const { instances } = this.options;
    // A stored function has no costs of this job.
    const store = job.costs ? undefined : this.options.store;
    const run = new JobRun(threads, job, { engineSha256: sha256, instances, machine, store, progress });
    signal.addEventListener('abort', end, { once: true });
    try {
      const prepared = await run.prepare();
      return { ...prepared, slowness: await this.slownessAfter(prepared, code?.isWarm ?? false) };
    } catch (error) {
      signal.throwIfAborted();
      const failed = { kind: 'refused', cpuMs: threads.cpuMs, plan: run.plan } as const;
      if (isOverLimit) return { ...failed, error: { tag: 'TimedOut', value: undefined } };
      return { ...failed, error: error instanceof JobFailed ? prepareErrorOf(error.failure) : diedOf(error) };
    } finally {
      signal.removeEventListener('abort', end);
      // The next job waits for this. The answer does not.
      this.ending = threads[Symbol.asyncDispose]();
      this.next ??= new EngineThread(this.module);
      if (threads.cpuMs > MIN_WARMING_MS) code?.saveSoon();
    }
  }

  async idle(): Promise<void> {
    const { loaded, store } = this.options;
    const code = await loaded.then(({ code }) => code).catch(() => undefined);
    await Promise.all([store?.idle(), code?.idle()]);
  }

  private slownessAfter(prepared: Prepared, isWarm: boolean): Promise<number> {
    const { reused, costs, cpuMs: engineMs } = prepared;
    const expectedMs = expectedEngineMs(prepared, isWarm);
    // Measuring costs takes time of its own.
    const isPoor = reused || costs !== undefined || expectedMs < MIN_SAMPLE_MS;
    return this.options.speed.after(isPoor ? undefined : { engineMs, expectedMs });
  }

  private takePrimary(): EngineThread {
    const thread = this.next ?? new EngineThread(this.module);
    this.next = undefined;
    return thread;
  }
}

interface ProcessMemory {
  /** Node 20.13 and later; respects the limits of a container. */
  availableMemory?(): number;
}

function machine(): PlanInput['machine'] {
  const available = (process as ProcessMemory).availableMemory?.() ?? Number.POSITIVE_INFINITY;
  return { processors: availableParallelism(), freeBytes: Math.min(available, freemem()) };
}
