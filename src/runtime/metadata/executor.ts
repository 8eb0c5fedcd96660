/** Runs the runtime's own code to get its metadata, in smoldot's interpreter, which is itself a wasm module. */
import { getMetadataFromRuntime, initSync } from '@polkadot-api/wasm-executor/web';
import { fromHex, toHex } from '../../base/bytes.ts';
import { errorMessage } from '../../base/errors.ts';
import { withMemoryMaximum } from './edit-module.ts';
import { executorCode } from './executor-code.ts';

const PAGE_BYTES = 65_536;
/** Real runtimes need up to 200 MiB, with the module itself. */
const MAX_PAGES = 8192;

/** The largest metadata of a known runtime has 0.6 MB. */
const MAX_METADATA_BYTES = 4 * 1024 * 1024;

export type Execution =
  | { readonly kind: 'ok'; readonly bytes: Uint8Array }
  /** `reason`: a clause. */
  | { readonly kind: 'failed'; readonly reason: string }
  | { readonly kind: 'too-large'; readonly bytes: number; readonly limit: number }
  | { readonly kind: 'out-of-memory' };

/** The interpreter. Unusable after a failure. Runs as long as the code does: only the end of the thread stops it. */
export class Executor {
  readonly #memory: WebAssembly.Memory;

  constructor() {
    this.#memory = initSync({ module: withMemoryMaximum(executorCode(), MAX_PAGES) }).memory;
  }

  /**
   * The newest metadata that the module offers, with its length in front.
   * @param raw a decompressed module
   */
  metadata(raw: Uint8Array): Execution {
    try {
      const answer = getMetadataFromRuntime(toHex(raw) as `0x${string}`);
      const bytes = answer.length / 2 - 1;
      if (bytes === 0) return { kind: 'failed', reason: 'the runtime offers no metadata' };
      if (bytes > MAX_METADATA_BYTES) return { kind: 'too-large', bytes, limit: MAX_METADATA_BYTES };
      return { kind: 'ok', bytes: fromHex(answer) };
    } catch (error) {
      // When the interpreter itself cannot allocate memory, it traps. It may have wanted twice of what it has.
      if (this.#memory.buffer.byteLength >= (MAX_PAGES * PAGE_BYTES) / 2) return { kind: 'out-of-memory' };
      return { kind: 'failed', reason: reasonOf(error) };
    }
  }
}

function reasonOf(error: unknown): string {
  // A panic of the interpreter has no message but that of the trap.
  if (error instanceof Error && error.name === 'RuntimeError') return 'the interpreter could not run the code';
  return errorMessage(error);
}
