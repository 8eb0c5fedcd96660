import { availableParallelism, freemem } from 'node:os';
import { expectedEngineMs, nativeCpuMsSoFar } from '../estimate.ts';
import type { Engine, EngineAnswer, EngineJob, EngineProgress, Prepared } from '../job/engine.ts';
import type { FunctionStore } from '../store/function-store.ts';
import { MachineSpeed } from '../store/machine-speed.ts';
import { Crew } from './crew.ts';
import { EngineThread } from './engine-thread.ts';
import { JobFailed, JobRun } from './job-run.ts';
import type { LoadedEngine } from './load-engine.ts';
import type { PlanInput } from './plan.ts';
import { diedOf, prepareErrorOf } from './refusal.ts';

export interface WasmEngineOptions {
  readonly loaded: Promise<LoadedEngine>;
  readonly instances: PlanInput['instances'];
  readonly store?: FunctionStore | undefined;
  readonly speed?: MachineSpeed | undefined;
}

/** A shorter job leaves little machine code behind that is worth keeping. */
const LEAST_WARMING_MS = 1000;

/** A shorter job says little of the machine. */
const LEAST_TELLING_MS = 500;

/** Polkadot's preparation as WebAssembly: each job in threads of its own, which end with it. */
export class WasmEngine implements Engine, AsyncDisposable {
  private readonly module: Promise<WebAssembly.Module>;
  /** The next job's leader, with its instance made. */
  private next: EngineThread | undefined;
  /** The end of the last job's threads. */
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
    const crew = new Crew(this.takeLeader(), this.module, progress, () => {
      if (nativeCpuMsSoFar(crew.cpuMs, run.plan) <= job.cpuLimitMs || isOverLimit) return;
      isOverLimit = true;
      end();
    });
    const end = () => void crew[Symbol.asyncDispose]();
    const { instances, store } = this.options;
    const run = new JobRun(crew, job, { engineSha256: sha256, instances, machine, store, progress });
    signal.addEventListener('abort', end, { once: true });
    try {
      const prepared = await run.prepare();
      return { ...prepared, slowness: await this.slownessAfter(prepared, code?.isWarm ?? false) };
    } catch (error) {
      signal.throwIfAborted();
      const failed = { kind: 'refused', cpuMs: crew.cpuMs, plan: run.plan } as const;
      if (isOverLimit) return { ...failed, error: { tag: 'TimedOut', value: undefined } };
      return { ...failed, error: error instanceof JobFailed ? prepareErrorOf(error.failure) : diedOf(error) };
    } finally {
      signal.removeEventListener('abort', end);
      // The answer needn't wait for it, the next job does.
      this.ending = crew[Symbol.asyncDispose]();
      this.next ??= new EngineThread(this.module);
      if (crew.cpuMs > LEAST_WARMING_MS) code?.keep();
    }
  }

  async idle(): Promise<void> {
    const { loaded, store } = this.options;
    const code = await loaded.then(({ code }) => code).catch(() => undefined);
    await Promise.all([store?.idle(), code?.idle()]);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([this.next?.[Symbol.asyncDispose](), this.ending, this.idle()]);
  }

  private slownessAfter(prepared: Prepared, isWarm: boolean): Promise<number> {
    const { speed = new MachineSpeed() } = this.options;
    const { reused, cpuMs: engineMs } = prepared;
    const expectedMs = expectedEngineMs(prepared, isWarm);
    return speed.after(reused || expectedMs < LEAST_TELLING_MS ? undefined : { engineMs, expectedMs });
  }

  private takeLeader(): EngineThread {
    const thread = this.next ?? new EngineThread(this.module);
    this.next = undefined;
    return thread;
  }
}

interface ProcessMemory {
  /** Node 20.13 and later: knows the limits of a container. */
  availableMemory?(): number;
}

function machine(): PlanInput['machine'] {
  const available = (process as ProcessMemory).availableMemory?.() ?? Number.POSITIVE_INFINITY;
  return { processors: availableParallelism(), freeBytes: Math.min(available, freemem()) };
}
