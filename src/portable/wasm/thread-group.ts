import type { EngineProgress } from '../engine.ts';
import { EngineThread } from './engine-thread.ts';
import type { CommandName, CommandOutcome, Params, ReportMessage, Value } from './messages.ts';

interface Member {
  readonly thread: EngineThread;
  cpuMs: number;
  done: number;
  total: number;
}

/** The threads of one job, the primary first, with the totals of their reports. */
export class ThreadGroup implements AsyncDisposable {
  private readonly members: Member[] = [];

  /** @param onCpu called when `cpuMs` has changed */
  constructor(
    readonly primary: EngineThread,
    private readonly module: Promise<WebAssembly.Module>,
    private readonly progress: (event: EngineProgress) => void,
    private readonly onCpu: () => void,
  ) {
    this.add(primary);
  }

  /** Reported CPU time of all threads. */
  get cpuMs(): number {
    return this.members.reduce((sum, { cpuMs }) => sum + cpuMs, 0);
  }

  cpuMsOf(thread: EngineThread): number {
    return this.memberOf(thread).cpuMs;
  }

  /** The mean over all threads, since each walks over all functions but compiles only its own shard. */
  private get compiled(): { done: number; total: number } {
    const done = this.members.reduce((sum, member) => sum + member.done, 0);
    const total = this.members.reduce((most, member) => Math.max(most, member.total), 0);
    return { done: Math.floor(done / this.members.length), total };
  }

  /** Starts threads until there are `size`. Returns all but the primary. */
  grow(size: number): EngineThread[] {
    while (this.members.length < size) this.add(new EngineThread(this.module));
    return this.members.slice(1).map(({ thread }) => thread);
  }

  /** Executes a command on a thread, and records the thread's reports. */
  async execute<Name extends CommandName>(
    thread: EngineThread,
    name: Name,
    params: Params<Name>,
  ): Promise<CommandOutcome<Value<Name>>> {
    const outcome = await thread.execute(name, params, (message) => this.onReport(thread, message));
    this.setCpuMs(thread, outcome.cpuMs);
    return outcome;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.members.map(({ thread }) => thread[Symbol.asyncDispose]()));
  }

  private add(thread: EngineThread): void {
    this.members.push({ thread, cpuMs: 0, done: 0, total: 0 });
  }

  private onReport(thread: EngineThread, message: ReportMessage): void {
    const member = this.memberOf(thread);
    if (message.kind === 'decompressed') this.progress(message);
    else {
      // The short last pass of a sharded job counts from 0 again.
      member.done = Math.max(member.done, message.done);
      member.total = message.total;
      this.progress({ kind: 'compiled', ...this.compiled });
    }
    this.setCpuMs(thread, message.cpuMs);
  }

  private setCpuMs(thread: EngineThread, cpuMs: number): void {
    this.memberOf(thread).cpuMs = cpuMs;
    this.onCpu();
  }

  private memberOf(thread: EngineThread): Member {
    const member = this.members.find((one) => one.thread === thread);
    if (member === undefined) throw new Error('the thread is of another group');
    return member;
  }
}
