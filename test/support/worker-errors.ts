import { readFileSync } from 'node:fs';
import type { PrepareError } from '../../src/polkadot/prepare-error.ts';

/** An error text that the worker can give, and the finding that explains it. */
export interface WorkerError {
  readonly crate: string;
  /** The variant, or the constant part of the text. */
  readonly item: string;
  readonly error: PrepareError['tag'];
  /** As it comes over the wire. */
  readonly text: string;
  readonly finding: string;
  /** Why today's worker never gives it. */
  readonly unreachable?: string;
}

interface WorkerErrors {
  /** Crates with what `extractErrors` finds in them. Nothing is extracted where the list is empty. */
  readonly sources: readonly { readonly crate: string; readonly version: string; readonly errors: readonly string[] }[];
  readonly errors: readonly WorkerError[];
}

const file = new URL('../fixtures/worker-errors.json', import.meta.url);

export const workerErrors = JSON.parse(readFileSync(file, 'utf8')) as WorkerErrors;
