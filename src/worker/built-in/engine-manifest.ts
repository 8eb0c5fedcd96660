import { readFile } from 'node:fs/promises';

/** Name of the manifest, which is in one folder with the packed engine. */
export const engineManifestName = 'pvf-engine.json';

/** The manifest of the packed engine. `engine/pack.mjs` writes it. */
export interface EngineManifest {
  /** Version of the engine's crate. */
  readonly engine: string;
  readonly wasmtime: string;
  readonly cranelift: string;
  /** The unpacked engine. Its SHA-256, 64 hex digits, identifies it. */
  readonly wasm: { readonly bytes: number; readonly sha256: string };
  readonly packed: { readonly file: string; readonly bytes: number; readonly sha256: string };
}

/** Rejects when the file can't be read or is no manifest. */
export async function readEngineManifest(path: string): Promise<EngineManifest> {
  const value: unknown = JSON.parse(await readFile(path, 'utf8'));
  const manifest = value as Partial<EngineManifest> | null;
  const texts = [manifest?.engine, manifest?.wasmtime, manifest?.cranelift, manifest?.packed?.file];
  if (!texts.every((text) => typeof text === 'string') || !/^[0-9a-f]{64}$/.test(manifest?.wasm?.sha256 ?? '')) {
    throw new Error(`${path}: this is no manifest of an engine`);
  }
  return value as EngineManifest;
}
