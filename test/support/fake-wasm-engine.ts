/** Fakes of the packed engine: modules with its exports, some of which misbehave. */
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { concat } from '../../src/base/bytes.ts';
import { type EngineManifest, engineManifestName } from '../../src/base/engine-manifest.ts';
import { sectionId } from '../../src/wasm/sections.ts';
import { leb128, list, name as nameBytes, section, sized, wasmModule } from '../../src/wasm/writer.ts';

/** Function bodies in wasm, without locals and `end`. */
export const bodies = {
  zero: [0x41, 0x00],
  status100: [0x41, 0xe4, 0x00],
  trap: [0x00],
  endless: [0x03, 0x40, 0x0c, 0x00, 0x0b, 0x00],
} as const;

const names = [
  ...['pvf_init', 'pvf_input', 'pvf_options', 'pvf_start', 'pvf_decompress', 'pvf_prevalidate', 'pvf_instrument'],
  ...['pvf_compile', 'pvf_construct', 'pvf_end', 'pvf_set_instrumented', 'pvf_compile_share', 'pvf_store_import'],
  ...['pvf_store_export', 'pvf_costs_import', 'pvf_costs_export', 'pvf_pointer', 'pvf_length', 'pvf_stat'],
];

/** Writes the folder for `--engine`. Functions that are not given return 0. */
export function writeFakeWasmEngine(folder: string, functions: Readonly<Record<string, readonly number[]>>): string {
  mkdirSync(folder, { recursive: true });
  const wasm = moduleOf(names.map((name) => functions[name] ?? bodies.zero));
  const packed = brotliCompressSync(wasm);
  const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
  const manifest: EngineManifest = {
    engine: '0.1.0',
    wasmtime: 'fake',
    cranelift: 'fake',
    wasm: { bytes: wasm.length, sha256: sha256(wasm) },
    packed: { file: 'fake.wasm.br', bytes: packed.length, sha256: sha256(packed) },
  };
  writeFileSync(path.join(folder, 'fake.wasm.br'), packed);
  writeFileSync(path.join(folder, engineManifestName), JSON.stringify(manifest));
  return folder;
}

/** All functions have the type () -> i32, because JavaScript ignores surplus arguments. */
function moduleOf(functions: readonly (readonly number[])[]): Uint8Array {
  const exported = names.map((name, at) => concat(nameBytes(name), Uint8Array.of(0x00, at)));
  const memory = concat(nameBytes('memory'), Uint8Array.of(0x02, 0x00));
  return wasmModule(
    section(sectionId('type'), list(Uint8Array.of(0x60, 0x00, 0x01, 0x7f))),
    section(sectionId('function'), list(...functions.map(() => leb128(0)))),
    section(sectionId('memory'), list(Uint8Array.of(0x00, 0x10))),
    section(sectionId('export'), list(...exported, memory)),
    section(sectionId('code'), list(...functions.map((body) => sized(Uint8Array.of(0x00, ...body, 0x0b))))),
  );
}
