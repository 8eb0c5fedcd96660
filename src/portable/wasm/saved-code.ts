import type { CodeCache } from '../store/code-cache.ts';
import { serializedCode } from './v8-code.ts';

/** By how much the code must have grown to be worth saving again. */
const GROWTH = 1.03;

/** The machine code of the engine's module, saved for the next process as V8 optimises it. */
export class SavedCode {
  private saving: Promise<void> = Promise.resolve();

  /** @param savedBytes of the code that the module was made with; 0 when V8 had to compile it */
  constructor(
    private readonly cache: CodeCache,
    private readonly module: WebAssembly.Module,
    private savedBytes: number,
  ) {}

  /** Did the process start with optimised code? */
  get isWarm(): boolean {
    return this.savedBytes > 0;
  }

  /** Saves the code if V8 has optimised more since. Returns at once, so that an answer can go out first. */
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
