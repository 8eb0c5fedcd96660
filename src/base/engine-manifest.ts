import { readFile } from 'node:fs/promises';
import * as v from 'valibot';
import { parseValue, type ValueOf } from './schema.ts';

/** The manifest's file name. The manifest is in the same folder as the packed engine. */
export const engineManifestName = 'pvf-engine.json';

const sha256 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, 'must be 64 hex digits'));

/** `media/pvf-engine.json` describes the packed engine. `engine/pack.mjs` writes it. Sizes are in bytes. */
const engineManifestSchema = v.object({
  /** Version of the engine's crate. */
  engine: v.string(),
  wasmtime: v.string(),
  cranelift: v.string(),
  /** The unpacked engine. Its hash identifies the engine. */
  wasm: v.object({ bytes: v.number(), sha256 }),
  packed: v.object({ file: v.string(), bytes: v.number(), sha256 }),
});

export type EngineManifest = ValueOf<typeof engineManifestSchema>;

/** Rejects when the file can't be read or is not an engine manifest. */
export async function readEngineManifest(path: string): Promise<EngineManifest> {
  const value: unknown = JSON.parse(await readFile(path, 'utf8'));
  const parsed = parseValue(engineManifestSchema, value);
  if (parsed.kind === 'invalid') throw new Error(`${path}: not an engine manifest: ${parsed.problem}`);
  return parsed.value;
}
