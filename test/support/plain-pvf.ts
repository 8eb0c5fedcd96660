import { concat } from '../../src/base/bytes.ts';
import { sectionId } from '../../src/wasm/sections.ts';
import { leb128, list, name, section, sized, wasmModule } from '../../src/wasm/writer.ts';

const text = new TextEncoder();

/** A module with everything that a chain needs from a runtime, so that only its missing compression is a finding. */
export const plainPvf: Uint8Array = plainPvfOf('plain', 1);

/** @param specName at most 63 ASCII characters @param specVersion below 256 */
export function plainPvfOf(specName: string, specVersion: number): Uint8Array {
  const i32 = 0x7f;
  const i64 = 0x7e;
  const heapBase = Uint8Array.of(i32, 0, 0x41, ...leb128(1_048_576), 0x0b);
  const empty = sized(Uint8Array.of(0, 0x42, 0, 0x0b));
  return wasmModule(
    section(sectionId('type'), list(Uint8Array.of(0x60, 2, i32, i32, 1, i64))),
    section(sectionId('import'), list(concat(name('env'), name('memory'), Uint8Array.of(2, 0, 17)))),
    section(sectionId('function'), list(leb128(0), leb128(0))),
    section(sectionId('table'), list(Uint8Array.of(0x70, 1, 1, 1))),
    section(sectionId('global'), list(heapBase)),
    section(
      sectionId('export'),
      list(
        concat(name('__heap_base'), Uint8Array.of(3, 0)),
        concat(name('__indirect_function_table'), Uint8Array.of(1, 0)),
        concat(name('validate_block'), Uint8Array.of(0, 0)),
        concat(name('Core_version'), Uint8Array.of(0, 1)),
      ),
    ),
    section(sectionId('code'), list(empty, empty)),
    section(sectionId('custom'), name('runtime_version'), runtimeVersion(specName, specVersion)),
  );
}

/** `sp_version::RuntimeVersion` in SCALE: names, authoring, spec and impl version, APIs, transaction and state version. */
export function runtimeVersion(specName: string, specVersion: number): Uint8Array {
  const scaleName = concat(Uint8Array.of(specName.length << 2), text.encode(specName));
  const u32 = (value: number) => Uint8Array.of(value, 0, 0, 0);
  return concat(scaleName, scaleName, u32(1), u32(specVersion), u32(0), Uint8Array.of(0), u32(1), Uint8Array.of(1));
}
