import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';

export interface Fingerprint {
  /** 64 hex digits. */
  readonly sha256: string;
  /**
   * Polkadot's execute worker, under any name. It answers `--version` and the probes of the sandbox like a prepare worker.
   * Each of the two programs contains its own subcommand only (`decl_worker_main!`, seen in 1.25.1).
   */
  readonly isExecuteWorker: boolean;
}

/** Reads a worker's file once. Rejects with the system's error. */
export async function fingerprint(file: string): Promise<Fingerprint> {
  const hash = createHash('sha256');
  const found = { execute: false, prepare: false };
  const words = { execute: 'execute-worker', prepare: 'prepare-worker' };
  let end = Buffer.alloc(0);
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>) {
    hash.update(chunk);
    // A word may begin in the previous chunk.
    const text = Buffer.concat([end, chunk]);
    found.execute ||= text.includes(words.execute);
    found.prepare ||= text.includes(words.prepare);
    end = text.subarray(-words.execute.length);
  }
  return { sha256: hash.digest('hex'), isExecuteWorker: found.execute && !found.prepare };
}
