import { copyOf } from '../../base/bytes.ts';
import { startThread } from '../../base/thread.ts';
import type { MetadataResult, Token } from '../../model/metadata.ts';

/** The `workerData` of the thread. */
export interface MetadataRequest {
  readonly stored: Uint8Array<ArrayBuffer>;
  readonly bombLimit: number;
  readonly token?: Token;
}

export interface ReadMetadataOptions {
  /** Bytes after decompression. */
  readonly bombLimit: number;
  /** Absent: the metadata hash is not computed. */
  readonly token?: Token;
  /** Terminates the thread immediately. */
  readonly signal?: AbortSignal;
  /** The slowest known runtime takes 4 s, and 25 s when seven other programs share two cores. */
  readonly timeoutMs?: number;
}

/** `readMetadata` or a substitute. */
export type ReadMetadata = typeof readMetadata;

const DEFAULT_TIMEOUT_MS = 60_000;
/** The largest known metadata needs 60 MB. The interpreter's memory is not part of this, and has a limit of its own. */
const HEAP_MIB = 768;

/**
 * Reads the metadata of a runtime. This runs the runtime's code, in an interpreter in a thread of its own that has limits
 * of time and memory. Whatever the blob does is a result. Rejects only with the signal's reason. Copies `stored`.
 */
export async function readMetadata(stored: Uint8Array, options: ReadMetadataOptions): Promise<MetadataResult> {
  const { bombLimit, token, signal, timeoutMs = DEFAULT_TIMEOUT_MS } = options;
  signal?.throwIfAborted();
  const request: MetadataRequest = { stored: copyOf(stored), bombLimit, ...(token && { token }) };
  const thread = startThread('metadata', {
    workerData: request,
    transferList: [request.stored.buffer],
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MIB },
  });
  const ended = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  try {
    return await new Promise<MetadataResult>((resolve, reject) => {
      timer = setTimeout(() => resolve({ kind: 'timed-out', afterMs: timeoutMs }), timeoutMs);
      thread.once('message', resolve);
      thread.once('error', (error) => resolve(resultOfError(error)));
      thread.once('exit', (code) => resolve({ kind: 'failed', reason: `the thread exited with code ${code}` }));
      signal?.addEventListener('abort', () => reject(signal.reason), { once: true, signal: ended.signal });
    });
  } finally {
    clearTimeout(timer);
    ended.abort();
    await thread.terminate();
  }
}

function resultOfError(error: NodeJS.ErrnoException): MetadataResult {
  if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') return { kind: 'out-of-memory' };
  return { kind: 'failed', reason: error.message };
}
