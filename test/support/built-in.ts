/** The built-in worker of this package, or of a fake package that a test installs. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { BuiltInOptions } from '../../src/worker/built-in/built-in-worker.ts';

export const ownPackage = path.join(import.meta.dirname, '../..');

export const sampleManifest = {
  engine: '0.1.0',
  wasmtime: '36.0.20',
  cranelift: '0.123.20',
  wasm: { bytes: 8, sha256: 'ab'.repeat(32) },
  packed: { file: 'pvf-engine.wasm.br', bytes: 4, sha256: 'cd'.repeat(32) },
};

/** Every file of a built-in worker by its path in the package. The contents are fake. */
export const builtInParts: Readonly<Record<string, string>> = {
  'dist/portable-worker.cjs': '// the program',
  'dist/engine-thread.cjs': '// its threads',
  'media/pvf-engine.json': JSON.stringify(sampleManifest),
  'media/pvf-engine.wasm.br': 'wasm',
};

/** Writes a fake package. @param change other contents; `undefined` omits a file */
export function installBuiltIn(packageFolder: string, change: Readonly<Record<string, string | undefined>> = {}): void {
  for (const [name, content] of Object.entries({ ...builtInParts, ...change })) {
    const file = path.join(packageFolder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    if (content !== undefined) writeFileSync(file, content);
  }
}

export function builtInOptions(packageFolder: string, change: Partial<BuiltInOptions> = {}): BuiltInOptions {
  const storeFolder = path.join(packageFolder, 'functions');
  return { packageFolder, packageVersion: '0.1.0', storeFolder, instances: 'auto', ...change };
}
