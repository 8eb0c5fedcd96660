import type { Worker } from 'node:worker_threads';
import { startThread } from '../../base/thread.ts';
import type { Asks, CommandName, Ending, Gives, ReportMessage, ThreadMessage } from './messages.ts';

/** The thread ended without an answer: a fault of the machine or of ours, which says nothing about the code. */
export class EngineThreadError extends Error {
  override readonly name = 'EngineThreadError';
}

/** Deep recursion of the compiler must end in its own limits, not in the thread's. Reserved, not used. */
const STACK_MB = 32;

/** One thread with one instance, for one job. */
export class EngineThread implements AsyncDisposable {
  private readonly worker: Worker;
  private readonly ended: Promise<never>;
  private answer: ((ending: Ending<Gives<CommandName>>) => void) | undefined;
  private onReport: (message: ReportMessage) => void = () => {};

  constructor(module: Promise<WebAssembly.Module>) {
    this.worker = startThread('engine-thread', { resourceLimits: { stackSizeMb: STACK_MB } });
    this.ended = new Promise((_, reject) => {
      this.worker.once('error', (cause) =>
        reject(new EngineThreadError(`the engine's thread failed: ${cause.message}`)),
      );
      this.worker.once('exit', (code) => reject(new EngineThreadError(`the engine's thread ended with code ${code}`)));
    });
    this.ended.catch(() => {});
    this.worker.on('message', (message: ThreadMessage) => {
      if (message.kind === 'progress' || message.kind === 'decompressed') this.onReport(message);
      else this.answer?.(message);
    });
    this.loaded = module.then((compiled) => this.send('load', { module: compiled }));
    this.loaded.catch(() => {});
  }

  private readonly loaded: Promise<Ending<Gives<'load'>>>;

  /** Rejects with `EngineThreadError` when the thread dies, or was ended. */
  async ask<Name extends CommandName>(
    name: Name,
    asks: Asks<Name>,
    onReport: (message: ReportMessage) => void = () => {},
  ): Promise<Ending<Gives<Name>>> {
    const loaded = await this.loaded;
    if (loaded.kind !== 'done') return loaded;
    this.onReport = onReport;
    return this.send(name, asks);
  }

  /** Ends whatever it does, at once. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.worker.terminate();
  }

  private send<Name extends CommandName>(name: Name, asks: Asks<Name>): Promise<Ending<Gives<Name>>> {
    const answered = new Promise<Ending<Gives<CommandName>>>((resolve) => {
      this.answer = resolve;
    });
    this.worker.postMessage({ name, ...asks });
    // The reply to a command is that command's: there is one at a time.
    return Promise.race([answered, this.ended]) as Promise<Ending<Gives<Name>>>;
  }
}
