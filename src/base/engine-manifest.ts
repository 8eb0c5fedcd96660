import { readFile } from 'node:fs/promises';
import * as v from 'valibot';
import { parseValue, type ValueOf } from './schema.ts';

/** Name of the manifest, which is in one folder with the packed engine. */
export const engineManifestName = 'pvf-engine.json';

const sha256 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, 'must be 64 hex digits'));

/** `media/pvf-engine.json`, which describes the packed engine. `engine/pack.mjs` writes it. Sizes in bytes. */
const engineManifestSchema = v.object({
  /** Version of the engine's crate. */
  engine: v.string(),
  wasmtime: v.string(),
  cranelift: v.string(),
  /** The engine as it runs. Its hash identifies the engine. */
  wasm: v.object({ bytes: v.number(), sha256 }),
  packed: v.object({ file: v.string(), bytes: v.number(), sha256 }),
});

export type EngineManifest = ValueOf<typeof engineManifestSchema>;

/** Rejects when the file can't be read or is not such a manifest. */
export async function readEngineManifest(path: string): Promise<EngineManifest> {
  const value: unknown = JSON.parse(await readFile(path, 'utf8'));
  const parsed = parseValue(engineManifestSchema, value);
  if (parsed.kind === 'invalid') throw new Error(`${path}: this is no manifest of an engine: ${parsed.problem}`);
  return parsed.value;
}
