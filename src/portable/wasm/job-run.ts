import type { EngineJob, EngineProgress, Plan, Prepared } from '../engine.ts';
import type { FolderStore } from '../store/folder-store.ts';
import type { EngineThread } from './engine-thread.ts';
import type { CommandName, CommandOutcome, CompileFacts, FrontFacts, Params, Value } from './messages.ts';
import { optionLines } from './option-lines.ts';
import { type PlanInput, planJob } from './plan.ts';
import type { Failure } from './refusal.ts';
import type { ThreadGroup } from './thread-group.ts';

interface JobContext {
  readonly engineSha256: string;
  readonly instances: PlanInput['instances'];
  readonly machine: () => PlanInput['machine'];
  readonly store: FolderStore | undefined;
  readonly progress: (event: EngineProgress) => void;
}

/** A command of the primary thread was refused or trapped. */
export class JobFailed extends Error {
  override readonly name = 'JobFailed';
  constructor(readonly failure: Failure) {
    super(failure.text);
  }
}

/** The steps of one job, each on one of its threads. */
export class JobRun {
  plan: Plan = 'whole';
  /** Maximum over all threads, and over the earlier job whose functions are reused. */
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
      ...(compiled.costs && { costs: compiled.costs }),
    };
  }

  /** Imports the store's functions into the primary thread. Returns the number of instances to compile with. */
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

  /** Compiles the shards and imports their functions into the primary thread. The last pass compiles missing functions. */
  private async compileShards(count: number): Promise<void> {
    const others = this.threads.grow(count);
    const { code } = await this.onPrimary('instrumented', {});
    const options = optionLines(this.job, true);
    const own = this.compileOwnShard(count);
    const shards = others.map((thread, at) =>
      this.compileShard(thread, { options, code, index: at + 1, count, costs: this.job.costs }).catch(() => undefined),
    );
    const outcome = await own;
    // The last pass reports an invalid function, with the error text for the whole code.
    if (outcome.kind === 'trapped') throw new JobFailed(outcome);
    for (const functions of await Promise.all(shards)) {
      if (functions !== undefined) await this.onPrimary('import', functions);
    }
  }

  private async compileOwnShard(count: number): Promise<CommandOutcome<Value<'ownShard'>>> {
    const { primary } = this.threads;
    const before = this.threads.cpuMsOf(primary);
    const outcome = await this.threads.execute(primary, 'ownShard', { index: 0, count });
    this.reportShard(0, count, outcome.cpuMs - before);
    return outcome;
  }

  private async compileShard(thread: EngineThread, params: Params<'shard'>): Promise<Params<'import'> | undefined> {
    const outcome = await this.threads.execute(thread, 'shard', params);
    this.reportShard(params.index, params.count, outcome.cpuMs);
    // Its CPU time still counts.
    await thread[Symbol.asyncDispose]();
    if (outcome.kind !== 'done') return undefined;
    const { peakBytes, ...functions } = outcome.value;
    this.peakBytes = Math.max(this.peakBytes, peakBytes);
    return functions;
  }

  private reportShard(index: number, count: number, ms: number): void {
    this.context.progress({ kind: 'timed', step: `shard ${index + 1} of ${count}`, ms });
  }

  private compile(): Promise<CompileFacts> {
    const options = optionLines(this.job, this.plan !== 'whole');
    const { kind, costs } = this.job;
    return this.onPrimary('compile', { options, construct: kind === 'Prechecking', costs });
  }

  private async save(front: FrontFacts): Promise<void> {
    const { store } = this.context;
    if (store === undefined || this.plan === 'whole') return;
    const { store: functions } = await this.onPrimary('export', {});
    store.save(this.storeKey(front), encodeStoredJob({ functions, peakBytes: this.peakBytes }));
  }

  /** Functions of another engine, CPU or mode are never reusable. Storing them apart keeps the entries small. */
  private storeKey({ identity }: FrontFacts): string {
    const { target, bulkMemory, stackLogicalMax } = this.job;
    const { engineSha256 } = this.context;
    return [engineSha256, target.features.join(','), bulkMemory, stackLogicalMax ?? 'default', identity].join('|');
  }

  private async onPrimary<Name extends CommandName>(name: Name, params: Params<Name>): Promise<Value<Name>> {
    const outcome: CommandOutcome<Value<Name>> = await this.threads.execute(this.threads.primary, name, params);
    if (outcome.kind !== 'done') throw new JobFailed(outcome);
    return outcome.value;
  }
}

/** The stored part of a job: its functions, and the memory peak of compiling them, which a job that reuses them misses. */
interface StoredJob {
  readonly functions: Uint8Array;
  /** Bytes, from the engine's tracking allocator. */
  readonly peakBytes: number;
}

const STORED_HEAD_BYTES = 8;

/** The peak as a little-endian f64, then the functions. */
export function encodeStoredJob({ functions, peakBytes }: StoredJob): Uint8Array {
  const bytes = new Uint8Array(STORED_HEAD_BYTES + functions.length);
  new DataView(bytes.buffer).setFloat64(0, peakBytes, true);
  bytes.set(functions, STORED_HEAD_BYTES);
  return bytes;
}

/** Undefined when the bytes are not a stored job. */
export function decodeStoredJob(bytes: Uint8Array): StoredJob | undefined {
  if (bytes.length < STORED_HEAD_BYTES) return undefined;
  const peakBytes = new DataView(bytes.buffer, bytes.byteOffset).getFloat64(0, true);
  if (!(peakBytes >= 0 && peakBytes <= 2 ** 32)) return undefined;
  return { functions: bytes.subarray(STORED_HEAD_BYTES), peakBytes };
}
