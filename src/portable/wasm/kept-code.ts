import type { CodeCache } from '../store/code-cache.ts';
import { serializedCode } from './v8-code.ts';

/** By how much the code must have grown to be worth writing anew. */
const GROWTH = 1.03;

/** The machine code of the process's module, and what of it is on disk. */
export class KeptCode {
  private saving: Promise<void> = Promise.resolve();

  /** @param savedBytes of the code that the module was made with; 0 when V8 had to begin anew */
  constructor(
    private readonly cache: CodeCache,
    private readonly module: WebAssembly.Module,
    private savedBytes: number,
  ) {}

  /** Did the process begin with optimised code? */
  get isWarm(): boolean {
    return this.savedBytes > 0;
  }

  /** Writes the code if V8 has optimised more since. Returns at once, so that an answer can go out first. */
  keep(): void {
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
