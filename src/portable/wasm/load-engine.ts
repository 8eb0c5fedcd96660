import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { brotliDecompress, type InputType } from 'node:zlib';
import { readEngineManifest } from '../../base/engine-manifest.ts';
import { CodeCache } from '../store/code-cache.ts';
import { KeptCode } from './kept-code.ts';
import { moduleWithCode } from './v8-code.ts';

const unpack = promisify<InputType, { chunkSize: number }, Buffer>(brotliDecompress);

export interface LoadedEngine {
  readonly module: WebAssembly.Module;
  /** SHA-256 of the wasm, hex: what its stored functions are good for. */
  readonly sha256: string;
  /** Keeps the module's machine code for the next process; absent where there is no place for it. */
  readonly code?: KeptCode;
}

/**
 * @param folder with pvf-engine.json and the packed engine
 * @param codeFolder where V8's machine code of it is kept; absent: it isn't
 * Rejects when the files of the engine aren't there or don't belong together.
 */
export async function loadEngine(folder: string, codeFolder?: string): Promise<LoadedEngine> {
  const manifest = await readEngineManifest(join(folder, 'pvf-engine.json'));
  const packed = await readFile(join(folder, manifest.packed.file));
  const found = createHash('sha256').update(packed).digest('hex');
  if (found !== manifest.packed.sha256) throw new Error(`${manifest.packed.file} is not the file of pvf-engine.json`);
  // In one piece: every further one would be a round through Node's thread pool.
  const wasm = await unpack(packed, { chunkSize: manifest.wasm.bytes });
  // Functions are then validated when they are first called, as they are compiled; most never are.
  setFlagsFromString('--wasm-lazy-validation');
  const { sha256 } = manifest.wasm;
  if (codeFolder === undefined) return { module: await WebAssembly.compile(wasm), sha256 };
  const cache = new CodeCache(codeFolder, sha256);
  const kept = await cache.read();
  const module = kept && moduleWithCode(kept, wasm);
  return module && kept
    ? { module, sha256, code: new KeptCode(cache, module, kept.length) }
    : await WebAssembly.compile(wasm).then((cold) => ({ module: cold, sha256, code: new KeptCode(cache, cold, 0) }));
}
