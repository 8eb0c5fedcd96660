import type { EngineJob, EngineProgress, Plan, Prepared } from '../engine.ts';
import type { FunctionStore } from '../store/function-store.ts';
import { decodeStoredJob, encodeStoredJob } from '../store/stored-job.ts';
import type { EngineThread } from './engine-thread.ts';
import type { CommandName, CommandOutcome, CompileFacts, FrontFacts, Params, Value } from './messages.ts';
import { optionLines } from './option-lines.ts';
import { type PlanInput, planJob } from './plan.ts';
import type { Failure } from './refusal.ts';
import type { ThreadGroup } from './thread-group.ts';

export interface JobContext {
  readonly engineSha256: string;
  readonly instances: PlanInput['instances'];
  readonly machine: () => PlanInput['machine'];
  readonly store: FunctionStore | undefined;
  readonly progress: (event: EngineProgress) => void;
}

/** A command of the primary thread ended in a refusal or a trap. */
export class JobFailed extends Error {
  override readonly name = 'JobFailed';
  constructor(readonly failure: Failure) {
    super(failure.text);
  }
}

/** One job on its threads: which steps there are, and which thread executes each. */
export class JobRun {
  plan: Plan = 'whole';
  /** Largest of all threads, and of the earlier job whose functions are used again. */
  private peakBytes = 0;
  private reused = false;

  constructor(
    private readonly threads: ThreadGroup,
    private readonly job: EngineJob,
    private readonly context: JobContext,
  ) {}

  /** Rejects with `JobFailed`, or with `EngineThreadError` when the primary thread dies. */
  async prepare(): Promise<Prepared> {
    const { progress } = this.context;
    const front = await this.onPrimary('front', { options: optionLines(this.job, false), code: this.job.code });
    const instances = await this.choosePlan(front);
    if (this.plan === 'sharded') await this.compileShards(instances);
    const compiled = await this.compile();
    this.peakBytes = Math.max(this.peakBytes, compiled.peakBytes);
    progress({ kind: 'compiled', done: compiled.functions, total: compiled.functions });
    for (const timing of [...front.timings, ...compiled.timings]) progress({ kind: 'timed', ...timing });
    progress({ kind: 'timed', step: 'all threads', ms: this.threads.cpuMs });
    if (compiled.misses > 0 || this.plan === 'sharded') await this.save(front);
    const { codeLength, functions, instrumentedBytes } = front;
    return {
      kind: 'prepared',
      artifact: { kind: 'bytes', bytes: compiled.artifact },
      codeLength,
      functions,
      instrumentedBytes,
      cpuMs: this.threads.cpuMs,
      peakBytes: this.peakBytes,
      plan: this.plan,
      reused: this.reused,
    };
  }

  /** Also gives the primary thread the functions of the store. Returns how many instances are to compile. */
  private async choosePlan(front: FrontFacts): Promise<number> {
    const { store, instances, machine, progress } = this.context;
    const memoryLimited = this.job.memoryLimit !== undefined;
    const bytes = memoryLimited ? undefined : await store?.read(this.storeKey(front));
    const stored = bytes && decodeStoredJob(bytes);
    if (stored !== undefined) {
      await this.onPrimary('import', { store: stored.functions });
      this.peakBytes = stored.peakBytes;
      this.reused = true;
    }
    const planned = planJob({
      codeLength: front.codeLength,
      memoryLimited,
      store: store === undefined ? 'none' : stored === undefined ? 'empty' : 'filled',
      instances,
      machine: machine(),
    });
    this.plan = planned.plan;
    progress({ kind: 'planned', ...planned });
    return planned.instances;
  }

  /** Compiles the shards and brings their functions to the primary thread. The last pass compiles what is missing. */
  private async compileShards(count: number): Promise<void> {
    const others = this.threads.grow(count);
    const { code } = await this.onPrimary('instrumented', {});
    const options = optionLines(this.job, true);
    const own = this.compileOwnShard(count);
    const shards = others.map((thread, at) =>
      this.compileShard(thread, { options, code, index: at + 1, count }).catch(() => undefined),
    );
    const outcome = await own;
    // The last pass reports an invalid function, with the text that belongs to the whole code.
    if (outcome.kind === 'trapped') throw new JobFailed(outcome);
    for (const store of await Promise.all(shards)) {
      if (store !== undefined) await this.onPrimary('import', { store });
    }
  }

  private async compileOwnShard(count: number): Promise<CommandOutcome<Value<'ownShard'>>> {
    const { primary } = this.threads;
    const before = this.threads.cpuMsOf(primary);
    const outcome = await this.threads.execute(primary, 'ownShard', { index: 0, count });
    this.reportShard(0, count, outcome.cpuMs - before);
    return outcome;
  }

  private async compileShard(thread: EngineThread, params: Params<'shard'>): Promise<Uint8Array | undefined> {
    const outcome = await this.threads.execute(thread, 'shard', params);
    this.reportShard(params.index, params.count, outcome.cpuMs);
    await this.threads.terminate(thread);
    if (outcome.kind !== 'done') return undefined;
    this.peakBytes = Math.max(this.peakBytes, outcome.value.peakBytes);
    return outcome.value.store;
  }

  private reportShard(index: number, count: number, ms: number): void {
    this.context.progress({ kind: 'timed', step: `shard ${index + 1} of ${count}`, ms });
  }

  private compile(): Promise<CompileFacts> {
    const options = optionLines(this.job, this.plan !== 'whole');
    return this.onPrimary('compile', { options, construct: this.job.kind === 'Prechecking' });
  }

  private async save(front: FrontFacts): Promise<void> {
    const { store } = this.context;
    if (store === undefined || this.plan === 'whole') return;
    const { store: functions } = await this.onPrimary('export', {});
    store.save(this.storeKey(front), encodeStoredJob({ functions, peakBytes: this.peakBytes }));
  }

  /** Functions of another engine, CPU or mode never fit; storing them apart keeps the entries small. */
  private storeKey({ identity }: FrontFacts): string {
    const { target, bulkMemory, stackLogicalMax } = this.job;
    const { engineSha256 } = this.context;
    return [engineSha256, target.flags.join(','), bulkMemory, stackLogicalMax ?? 'default', identity].join('|');
  }

  private async onPrimary<Name extends CommandName>(name: Name, params: Params<Name>): Promise<Value<Name>> {
    const outcome: CommandOutcome<Value<Name>> = await this.threads.execute(this.threads.primary, name, params);
    if (outcome.kind !== 'done') throw new JobFailed(outcome);
    return outcome.value;
  }
}
