/** The set-ups that the benchmark compares. */
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { type BuiltInOptions, builtInWorker } from '../../../src/worker/built-in/built-in-worker.ts';
import type { PortableWorker } from '../../../src/worker/probe/examined-worker.ts';

export interface SetupOptions {
  readonly packageFolder: string;
  /** Each set-up gets a folder of its own in it. */
  readonly scratch: string;
  readonly nativeEngine: string | undefined;
}

/** The built-in worker, with a new, empty store unless one is given. */
export function builtIn(
  { packageFolder, scratch }: SetupOptions,
  more: Pick<BuiltInOptions, 'instances' | 'nativeEngine' | 'costs'> & { readonly storeFolder?: string },
): Promise<PortableWorker> {
  const storeFolder = more.storeFolder ?? newStore(scratch);
  return builtInWorker({ packageFolder, packageVersion: 'bench', storeFolder, ...more });
}

export function newStore(scratch: string): string {
  return mkdtempSync(path.join(scratch, 'store-'));
}

/** Copies a store, with its compiled functions or only with the engine's own machine code. */
export function copyOfStore(store: string, scratch: string, keep: 'functions' | 'code-only'): string {
  const copy = newStore(scratch);
  cpSync(store, copy, { recursive: true });
  const files = readdirSync(copy, { withFileTypes: true }).filter((entry) => entry.isFile());
  if (keep === 'code-only') for (const { name } of files) rmSync(path.join(copy, name));
  return copy;
}
