import type { Worker } from 'node:worker_threads';
import { startThread } from '../../base/thread.ts';
import type { CommandName, CommandOutcome, Params, ReportMessage, ThreadMessage, Value } from './messages.ts';

/** The thread ended without a reply. This fault of the machine or of this tool says nothing about the code. */
export class EngineThreadError extends Error {
  override readonly name = 'EngineThreadError';
}

/** Deep recursion must reach the compiler's own limits before the thread's. The memory is only reserved. */
const STACK_MB = 32;

/** One thread with one instance, for one job. */
export class EngineThread implements AsyncDisposable {
  private readonly worker: Worker;
  private readonly ended: Promise<never>;
  private readonly loaded: Promise<CommandOutcome<Value<'load'>>>;
  private onReply: ((outcome: CommandOutcome<Value<CommandName>>) => void) | undefined;
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
      else this.onReply?.(message);
    });
    this.loaded = module.then((compiled) => this.send('load', { module: compiled }));
    this.loaded.catch(() => {});
  }

  /** Rejects with `EngineThreadError` when the thread ends. */
  async execute<Name extends CommandName>(
    name: Name,
    params: Params<Name>,
    onReport: (message: ReportMessage) => void = () => {},
  ): Promise<CommandOutcome<Value<Name>>> {
    const loaded = await this.loaded;
    if (loaded.kind !== 'done') return loaded;
    this.onReport = onReport;
    return this.send(name, params);
  }

  /** Terminates the thread immediately. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.worker.terminate();
  }

  private send<Name extends CommandName>(name: Name, params: Params<Name>): Promise<CommandOutcome<Value<Name>>> {
    const replied = new Promise<CommandOutcome<Value<CommandName>>>((resolve) => {
      this.onReply = resolve;
    });
    this.worker.postMessage({ name, ...params });
    // Only one command runs at a time, so the next reply belongs to it.
    return Promise.race([replied, this.ended]) as Promise<CommandOutcome<Value<Name>>>;
  }
}
