import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { brotliDecompress, type InputType } from 'node:zlib';
import { engineManifestName, readEngineManifest } from '../../base/engine-manifest.ts';
import { CodeCache } from '../store/code-cache.ts';
import { SavedCode } from './saved-code.ts';
import { moduleWithCode } from './v8-code.ts';

const unpack = promisify<InputType, { chunkSize: number }, Buffer>(brotliDecompress);

export interface LoadedEngine {
  readonly module: WebAssembly.Module;
  /** SHA-256 of the wasm, hex. Stored functions are valid only for the engine with this hash. */
  readonly sha256: string;
  /** Saves the module's machine code for the next process. Absent without a folder for it. */
  readonly code?: SavedCode;
}

/**
 * Loads the engine. Rejects when its files are missing or inconsistent.
 * @param folder contains pvf-engine.json and the packed engine
 * @param codeFolder stores V8's machine code of the engine; absent: does not store it
 */
export async function loadEngine(folder: string, codeFolder?: string): Promise<LoadedEngine> {
  const manifest = await readEngineManifest(join(folder, engineManifestName));
  const packed = await readFile(join(folder, manifest.packed.file));
  const found = createHash('sha256').update(packed).digest('hex');
  if (found !== manifest.packed.sha256) {
    throw new Error(`${manifest.packed.file} does not match ${engineManifestName}`);
  }
  // Unpack in one chunk. Each further chunk would be a round trip through Node's thread pool.
  const wasm = await unpack(packed, { chunkSize: manifest.wasm.bytes });
  // V8 then validates each function when it compiles it, at its first call. Most functions are never called.
  setFlagsFromString('--wasm-lazy-validation');
  const { sha256 } = manifest.wasm;
  if (codeFolder === undefined) return { module: await WebAssembly.compile(wasm), sha256 };
  const cache = new CodeCache(codeFolder, sha256);
  const saved = await cache.read();
  const warm = saved && moduleWithCode(saved, wasm);
  const module = warm ?? (await WebAssembly.compile(wasm));
  return { module, sha256, code: new SavedCode(cache, module, warm && saved ? saved.length : 0) };
}
