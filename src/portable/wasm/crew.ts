import type { EngineProgress } from '../job/engine.ts';
import { EngineThread } from './engine-thread.ts';
import type { Asks, CommandName, Ending, Gives, ReportMessage } from './messages.ts';

interface Member {
  readonly thread: EngineThread;
  cpuMs: number;
  done: number;
  total: number;
}

/** The threads of one job, the leader first, with the sum of what they report. */
export class Crew implements AsyncDisposable {
  private readonly members: Member[] = [];

  /** @param onCpu called when `cpuMs` has changed */
  constructor(
    leader: EngineThread,
    private readonly module: Promise<WebAssembly.Module>,
    private readonly progress: (event: EngineProgress) => void,
    private readonly onCpu: () => void,
  ) {
    this.add(leader);
  }

  get leader(): EngineThread {
    const [first] = this.members;
    if (first === undefined) throw new Error('a crew has a leader');
    return first.thread;
  }

  /** CPU time of all of them, as far as it is known. */
  get cpuMs(): number {
    return this.members.reduce((sum, { cpuMs }) => sum + cpuMs, 0);
  }

  cpuMsOf(thread: EngineThread): number {
    return this.memberOf(thread).cpuMs;
  }

  /** Every thread walks over all functions and compiles its share, so this is the mean of them. */
  private get compiled(): { done: number; total: number } {
    const done = this.members.reduce((sum, member) => sum + member.done, 0);
    const total = this.members.reduce((most, member) => Math.max(most, member.total), 0);
    return { done: Math.floor(done / this.members.length), total };
  }

  /** Starts threads until there are so many; returns those beside the leader. */
  grow(size: number): EngineThread[] {
    while (this.members.length < size) this.add(new EngineThread(this.module));
    return this.members.slice(1).map(({ thread }) => thread);
  }

  /** As `EngineThread.ask`, and keeps what the thread reports. */
  async ask<Name extends CommandName>(
    thread: EngineThread,
    name: Name,
    asks: Asks<Name>,
  ): Promise<Ending<Gives<Name>>> {
    const ending = await thread.ask(name, asks, (message) => this.hear(thread, message));
    this.count(thread, ending.cpuMs);
    return ending;
  }

  /** Ends a thread that has done its part; what it used still counts. */
  async dismiss(thread: EngineThread): Promise<void> {
    await thread[Symbol.asyncDispose]();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.members.map(({ thread }) => thread[Symbol.asyncDispose]()));
  }

  private add(thread: EngineThread): void {
    this.members.push({ thread, cpuMs: 0, done: 0, total: 0 });
  }

  private hear(thread: EngineThread, message: ReportMessage): void {
    const member = this.memberOf(thread);
    if (message.kind === 'decompressed') this.progress(message);
    else {
      // The last pass of a shared job begins anew, and is short.
      member.done = Math.max(member.done, message.done);
      member.total = message.total;
      this.progress({ kind: 'compiled', ...this.compiled });
    }
    this.count(thread, message.cpuMs);
  }

  private count(thread: EngineThread, cpuMs: number): void {
    this.memberOf(thread).cpuMs = cpuMs;
    this.onCpu();
  }

  private memberOf(thread: EngineThread): Member {
    const member = this.members.find((one) => one.thread === thread);
    if (member === undefined) throw new Error('a thread of another crew');
    return member;
  }
}
