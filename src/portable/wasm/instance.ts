/** The engine's ABI (engine/src/abi.rs) as a class. */
import { engineStatus } from '../engine-status.ts';

/** Exports of the engine. Lengths and pointers are u32, which appear as i32 in JavaScript. */
interface EngineExports {
  readonly memory: WebAssembly.Memory;
  pvf_init(): void;
  pvf_input(length: number): number;
  pvf_options(): number;
  pvf_start(): void;
  pvf_decompress(): number;
  pvf_prevalidate(): number;
  pvf_instrument(): number;
  pvf_compile(): number;
  pvf_construct(): number;
  pvf_end(): number;
  pvf_set_instrumented(): void;
  pvf_compile_share(index: number, count: number): number;
  pvf_store_import(): number;
  pvf_store_export(what: number): number;
  pvf_costs_import(): void;
  pvf_costs_export(what: number): number;
  pvf_pointer(buffer: number): number;
  pvf_length(buffer: number): number;
  pvf_stat(which: number): number;
}

export type Step = 'decompress' | 'prevalidate' | 'instrument' | 'compile' | 'construct';

const buffers = { text: 0, instrumented: 1, artifact: 2, store: 3, costs: 4 } as const;
const stats = { status: 0, errorCode: 1, functions: 5, storeMisses: 7 } as const;

/** `new`: functions that this instance compiled. `needed`: those, and the functions that it used from the store. */
const selections = { new: 0, needed: 1 } as const;

/** `parts`: for another instance. `by-function`: of the code before instrumentation. See engine/src/costs.rs. */
const costForms = { parts: 0, 'by-function': 1 } as const;

interface EngineHost {
  /** Called before each function is compiled, with the numbers of compiled and of all functions. */
  readonly onFunction: (done: number, total: number) => void;
  /** Nanoseconds. Called twice for each function when costs are measured. */
  readonly now: () => number;
}

/** The engine refused the code: discriminant and text of a `PrepareError`. */
export class EngineRefusal extends Error {
  override readonly name = 'EngineRefusal';
  constructor(
    readonly code: number,
    readonly text: string,
  ) {
    super(text);
  }
}

/** One instance, for one job. After a trap only `trapStatus` may be called. */
export class EngineInstance {
  private constructor(private readonly exports: EngineExports) {}

  static start(module: WebAssembly.Module, { onFunction, now }: EngineHost): EngineInstance {
    const progress = (done = 0, total = 0) => {
      onFunction(done >>> 0, total >>> 0);
      return 0;
    };
    const { exports } = new WebAssembly.Instance(module, { host: { progress, now, log: () => {} } });
    const instance = new EngineInstance(exports as EngineExports);
    instance.exports.pvf_init();
    return instance;
  }

  /** @param lines in the format of engine/src/options.rs */
  setOptions(lines: string): void {
    this.input(Buffer.from(lines));
    if (this.exports.pvf_options() < 0) throw new Error(this.text());
  }

  input(bytes: Uint8Array): void {
    const at = this.exports.pvf_input(bytes.length) >>> 0;
    // Create the view after the allocation, which may have moved the memory.
    new Uint8Array(this.exports.memory.buffer).set(bytes, at);
  }

  startTracking(): void {
    this.exports.pvf_start();
  }

  /** Returns the peak, in bytes. */
  endTracking(): number {
    return Math.max(this.exports.pvf_end(), 0);
  }

  /** Returns the result of the step. Throws `EngineRefusal`, or a trap. */
  run(step: Step): number {
    return this.checked(this.exports[`pvf_${step}`]());
  }

  useInstrumented(code: Uint8Array): void {
    this.input(code);
    this.exports.pvf_set_instrumented();
  }

  compileShare(index: number, count: number): void {
    this.checked(this.exports.pvf_compile_share(index, count));
  }

  importStore(store: Uint8Array): void {
    this.input(store);
    this.exports.pvf_store_import();
  }

  exportStore(selection: keyof typeof selections): Uint8Array<ArrayBuffer> {
    this.exports.pvf_store_export(selections[selection]);
    return this.view('store').slice();
  }

  importCosts(costs: Uint8Array): void {
    this.input(costs);
    this.exports.pvf_costs_import();
  }

  exportCosts(form: keyof typeof costForms): Uint8Array<ArrayBuffer> {
    this.exports.pvf_costs_export(costForms[form]);
    return this.view('costs').slice();
  }

  /** Number of functions in the instrumented code. Set when compilation starts. */
  get functions(): number {
    return this.exports.pvf_stat(stats.functions);
  }

  get storeMisses(): number {
    return this.exports.pvf_stat(stats.storeMisses);
  }

  /** A view into the engine's memory, valid until the engine runs again. */
  view(buffer: keyof typeof buffers): Uint8Array<ArrayBuffer> {
    const at = this.exports.pvf_pointer(buffers[buffer]) >>> 0;
    const length = this.exports.pvf_length(buffers[buffer]) >>> 0;
    return new Uint8Array(this.exports.memory.buffer, at, length);
  }

  /** The reason of a trap, with the message of a panic. */
  trapStatus(): { status: number; text: string } {
    const status = this.exports.pvf_stat(stats.status);
    return { status, text: status === engineStatus.PANICKED ? this.text() : '' };
  }

  private checked(result: number): number {
    if (result < 0) throw new EngineRefusal(this.exports.pvf_stat(stats.errorCode), this.text());
    return result;
  }

  private text(): string {
    return Buffer.from(this.view('text')).toString('utf8');
  }
}
