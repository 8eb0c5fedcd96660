import type { EngineJob, EngineProgress, Plan, Prepared } from '../job/engine.ts';
import type { FunctionStore } from '../store/function-store.ts';
import { decodeStoredJob, encodeStoredJob } from '../store/stored-job.ts';
import type { Crew } from './crew.ts';
import type { EngineThread } from './engine-thread.ts';
import type { Asks, CommandName, CompileFacts, Ending, FrontFacts, Gives } from './messages.ts';
import { optionLines } from './option-lines.ts';
import { type PlanInput, planJob } from './plan.ts';
import type { Failure } from './refusal.ts';

export interface JobSurroundings {
  readonly engineSha256: string;
  readonly instances: PlanInput['instances'];
  readonly machine: () => PlanInput['machine'];
  readonly store: FunctionStore | undefined;
  readonly progress: (event: EngineProgress) => void;
}

/** The leader ended the job with something else than an artifact. */
export class JobFailed extends Error {
  override readonly name = 'JobFailed';
  constructor(readonly failure: Failure) {
    super(failure.text);
  }
}

/** One job with its crew: the order of the steps, and who does what. */
export class JobRun {
  plan: Plan = 'whole';
  /** Largest of all threads, and of the job whose functions are used again. */
  private peakBytes = 0;
  private reused = false;

  constructor(
    private readonly crew: Crew,
    private readonly job: EngineJob,
    private readonly surroundings: JobSurroundings,
  ) {}

  /** Rejects with `JobFailed`, or with `EngineThreadError` when the leader dies. */
  async prepare(): Promise<Prepared> {
    const { progress } = this.surroundings;
    const front = await this.lead('front', { options: optionLines(this.job, false), code: this.job.code });
    const instances = await this.choosePlan(front);
    if (this.plan === 'sharded') await this.shareOut(instances);
    const compiled = await this.compile();
    this.peakBytes = Math.max(this.peakBytes, compiled.peakBytes);
    progress({ kind: 'compiled', done: compiled.functions, total: compiled.functions });
    for (const timing of [...front.timings, ...compiled.timings]) progress({ kind: 'timed', ...timing });
    progress({ kind: 'timed', step: 'all threads', ms: this.crew.cpuMs });
    if (compiled.misses > 0 || this.plan === 'sharded') await this.save(front);
    const { codeLength, functions, instrumentedBytes } = front;
    return {
      kind: 'prepared',
      artifact: { kind: 'bytes', bytes: compiled.artifact },
      codeLength,
      functions,
      instrumentedBytes,
      cpuMs: this.crew.cpuMs,
      peakBytes: this.peakBytes,
      plan: this.plan,
      reused: this.reused,
    };
  }

  /** Also gives the leader what the store has. Returns how many instances are to compile. */
  private async choosePlan(front: FrontFacts): Promise<number> {
    const { store, instances, machine, progress } = this.surroundings;
    const memoryLimited = this.job.memoryLimit !== undefined;
    const bytes = memoryLimited ? undefined : await store?.read(this.storeKey(front));
    const stored = bytes && decodeStoredJob(bytes);
    if (stored !== undefined) {
      await this.lead('import', { store: stored.functions });
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

  /** Has the shares compiled and brings their functions to the leader. What a thread can't give, the last pass makes. */
  private async shareOut(instances: number): Promise<void> {
    const helpers = this.crew.grow(instances);
    const { code } = await this.lead('instrumented', {});
    const options = optionLines(this.job, true);
    const own = this.ownShare(instances);
    const shares = helpers.map((thread, at) =>
      this.shareOf(thread, { options, code, index: at + 1, count: instances }).catch(() => undefined),
    );
    const ending = await own;
    // An invalid function is told of by the last pass, with the text that belongs to the whole code.
    if (ending.kind === 'trapped') throw new JobFailed(ending);
    for (const store of await Promise.all(shares)) {
      if (store !== undefined) await this.lead('import', { store });
    }
  }

  private async ownShare(count: number): Promise<Ending<Gives<'ownShare'>>> {
    const { leader } = this.crew;
    const before = this.crew.cpuMsOf(leader);
    const ending = await this.crew.ask(leader, 'ownShare', { index: 0, count });
    this.tellShare(0, count, ending.cpuMs - before);
    return ending;
  }

  private async shareOf(thread: EngineThread, asks: Asks<'share'>): Promise<Uint8Array | undefined> {
    const ending = await this.crew.ask(thread, 'share', asks);
    this.tellShare(asks.index, asks.count, ending.cpuMs);
    await this.crew.dismiss(thread);
    if (ending.kind !== 'done') return undefined;
    this.peakBytes = Math.max(this.peakBytes, ending.value.peakBytes);
    return ending.value.store;
  }

  private tellShare(index: number, count: number, ms: number): void {
    this.surroundings.progress({ kind: 'timed', step: `share ${index + 1} of ${count}`, ms });
  }

  private compile(): Promise<CompileFacts> {
    const options = optionLines(this.job, this.plan !== 'whole');
    return this.lead('compile', { options, construct: this.job.kind === 'Prechecking' });
  }

  private async save(front: FrontFacts): Promise<void> {
    const { store } = this.surroundings;
    if (store === undefined || this.plan === 'whole') return;
    const { store: functions } = await this.lead('export', {});
    store.save(this.storeKey(front), encodeStoredJob({ functions, peakBytes: this.peakBytes }));
  }

  /** Functions of another engine, CPU or mode never fit; keeping them apart keeps the entries small. */
  private storeKey({ identity }: FrontFacts): string {
    const { target, bulkMemory, stackLogicalMax } = this.job;
    const { engineSha256 } = this.surroundings;
    return [engineSha256, target.flags.join(','), bulkMemory, stackLogicalMax ?? 'default', identity].join('|');
  }

  private async lead<Name extends CommandName>(name: Name, asks: Asks<Name>): Promise<Gives<Name>> {
    const ending: Ending<Gives<Name>> = await this.crew.ask(this.crew.leader, name, asks);
    if (ending.kind !== 'done') throw new JobFailed(ending);
    return ending.value;
  }
}
