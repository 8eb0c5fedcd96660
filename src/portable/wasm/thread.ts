/** The program of an engine's thread, a separate bundle. Executes one command at a time. */
import { parentPort } from 'node:worker_threads';
import { errorMessage } from '../../base/errors.ts';
import { preciseClock, threadCpuClock } from './cpu-clock.ts';
import { EngineInstance, EngineRefusal } from './instance.ts';
import type { Command, CommandName, CommandOutcome, Params, ThreadMessage, Timing, Value } from './messages.ts';
import { runtimeIdentity } from './runtime-identity.ts';

/** A host shows at most ten progress reports per second. */
const PROGRESS_EVERY_MS = 100;

class EngineThreadBody {
  private engine: EngineInstance | undefined;
  private readonly cpu = threadCpuClock();
  private cpuAtStart = 0;
  private reportedAt = Number.NEGATIVE_INFINITY;

  constructor(private readonly post: (message: ThreadMessage, transfer?: readonly ArrayBuffer[]) => void) {}

  execute(command: Command): void {
    try {
      const value = this.run(command);
      this.post({ kind: 'done', value, cpuMs: this.cpuMs() }, largeBuffers(value));
    } catch (error) {
      this.post(this.failureOf(error));
    }
  }

  private run(command: Command): Value<CommandName> {
    switch (command.name) {
      case 'load':
        this.engine = EngineInstance.start(command.module, {
          onFunction: (done, total) => this.report(done, total),
          now: preciseClock(),
        });
        return {};
      case 'front':
        return this.front(command);
      case 'instrumented':
        return { code: shared(this.started().view('instrumented')) };
      case 'shard':
        return this.shard(command);
      case 'ownShard':
        this.started().compileShare(command.index, command.count);
        return {};
      case 'import':
        this.started().importStore(command.store);
        if (command.costs !== undefined) this.started().importCosts(command.costs);
        return {};
      case 'compile':
        return this.compile(command);
      case 'export':
        return { store: this.started().exportStore('needed') };
    }
  }

  private front({ options, code }: Params<'front'>): Value<'front'> {
    this.cpuAtStart = this.cpu();
    const engine = this.started();
    const timings: Timing[] = [];
    engine.setOptions(options);
    engine.input(code);
    engine.startTracking();
    const codeLength = this.timed('decompress', timings, () => engine.run('decompress'));
    this.post({ kind: 'decompressed', bytes: codeLength, cpuMs: this.cpuMs() });
    const functions = this.timed('prevalidate', timings, () => engine.run('prevalidate'));
    const instrumentedBytes = this.timed('instrument', timings, () => engine.run('instrument'));
    const identity = runtimeIdentity(engine.view('instrumented'));
    return { codeLength, functions, instrumentedBytes, identity, timings };
  }

  private shard({ options, code, index, count, costs }: Params<'shard'>): Value<'shard'> {
    this.cpuAtStart = this.cpu();
    const engine = this.started();
    engine.setOptions(options);
    engine.startTracking();
    engine.useInstrumented(new Uint8Array(code));
    engine.compileShare(index, count);
    const peakBytes = engine.endTracking();
    return { store: engine.exportStore('new'), peakBytes, ...(costs && { costs: engine.exportCosts('parts') }) };
  }

  private compile({ options, construct, costs }: Params<'compile'>): Value<'compile'> {
    const engine = this.started();
    const timings: Timing[] = [];
    engine.setOptions(options);
    this.timed('compile', timings, () => engine.run('compile'));
    if (construct) this.timed('construct', timings, () => engine.run('construct'));
    const peakBytes = engine.endTracking();
    const { functions, storeMisses: misses } = engine;
    const facts = { artifact: engine.view('artifact').slice(), peakBytes, functions, misses, timings };
    return costs ? { ...facts, costs: engine.exportCosts('by-function') } : facts;
  }

  private report(done: number, total: number): void {
    const now = performance.now();
    if (now - this.reportedAt < PROGRESS_EVERY_MS) return;
    this.reportedAt = now;
    this.post({ kind: 'progress', done, total, cpuMs: this.cpuMs() });
  }

  private failureOf(error: unknown): CommandOutcome<never> {
    const cpuMs = this.cpuMs();
    if (error instanceof EngineRefusal) return { kind: 'refused', code: error.code, text: error.text, cpuMs };
    const { status, text } = this.engine?.trapStatus() ?? { status: -1, text: '' };
    return { kind: 'trapped', status, text: text || errorMessage(error), cpuMs };
  }

  private started(): EngineInstance {
    if (this.engine === undefined) throw new Error('the engine is not loaded');
    return this.engine;
  }

  private timed<T>(step: string, timings: Timing[], action: () => T): T {
    const before = this.cpu();
    const value = action();
    timings.push({ step, ms: this.cpu() - before });
    return value;
  }

  private cpuMs(): number {
    return this.cpu() - this.cpuAtStart;
  }
}

function shared(bytes: Uint8Array): SharedArrayBuffer {
  const copy = new SharedArrayBuffer(bytes.length);
  new Uint8Array(copy).set(bytes);
  return copy;
}

/** Buffers to move to the main thread instead of copying. */
function largeBuffers(value: object): ArrayBuffer[] {
  return Object.values(value).flatMap((member: unknown) =>
    member instanceof Uint8Array && member.buffer instanceof ArrayBuffer ? [member.buffer] : [],
  );
}

const port = parentPort;
if (port !== null) {
  const body = new EngineThreadBody((message, transfer = []) => port.postMessage(message, transfer));
  port.on('message', (command: Command) => body.execute(command));
}
