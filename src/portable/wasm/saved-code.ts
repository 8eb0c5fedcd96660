import type { CodeCache } from '../store/code-cache.ts';
import { serializedCode } from './v8-code.ts';

/** Minimum growth of the code before it is saved again. */
const GROWTH = 1.03;

/** Saves the machine code of the engine's module for the next process, as V8 optimises it. */
export class SavedCode {
  private saving: Promise<void> = Promise.resolve();

  /** @param savedBytes size of the saved code that the module was created from; 0 if V8 compiled the module */
  constructor(
    private readonly cache: CodeCache,
    private readonly module: WebAssembly.Module,
    private savedBytes: number,
  ) {}

  /** Whether the process started with optimised code. */
  get isWarm(): boolean {
    return this.savedBytes > 0;
  }

  /** Saves the code if V8 has optimised more. Returns immediately, so that the answer is sent first. */
  saveSoon(): void {
    this.saving = this.saving.then(() => new Promise<void>((resolve) => setImmediate(resolve))).then(() => this.save());
  }

  /** Resolves when nothing is being saved. */
  idle(): Promise<void> {
    return this.saving;
  }

  private async save(): Promise<void> {
    const code = serializedCode(this.module);
    if (code === undefined || code.length < this.savedBytes * GROWTH) return;
    this.savedBytes = code.length;
    await this.cache.save(code);
  }
}
