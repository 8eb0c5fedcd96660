/** Modules that differ from a well-formed PVF in one part. */
import { concat } from '../../src/base/bytes.ts';
import { sectionId } from '../../src/wasm/sections.ts';
import { leb128, list, name, section, sized, wasmModule } from '../../src/wasm/writer.ts';
import { plainPvf, runtimeVersion } from './plain-pvf.ts';

const i32 = 0x7f;
const i64 = 0x7e;

/** `env.<name>` as a function of the type with that index: 0 is `i32 i32 -> i64`, 1 is `i64 -> i64`, 2 is `->`. */
export function importedFunction(functionName: string, type: number, module = 'env'): Uint8Array {
  return concat(name(module), name(functionName), Uint8Array.of(0), leb128(type));
}

export const importedMemory = (memoryName = 'memory') => concat(name('env'), name(memoryName), Uint8Array.of(2, 0, 17));
export const importedTable = concat(name('env'), name('t'), Uint8Array.of(1, 0x70, 0, 1));
export const importedGlobal = concat(name('env'), name('g'), Uint8Array.of(3, i32, 0));
export const table = Uint8Array.of(0x70, 1, 1, 1);
export const version = (specName: string, specVersion: number) =>
  section(sectionId('custom'), name('runtime_version'), runtimeVersion(specName, specVersion));

export interface PvfParts {
  readonly imports?: readonly Uint8Array[];
  readonly tables?: readonly Uint8Array[];
  /** Memories of its own. */
  readonly memories?: readonly Uint8Array[];
  /** The initial value of `__heap_base`, without its end. */
  readonly heapBase?: Uint8Array;
  /** Added to those that a runtime must have. */
  readonly exports?: readonly Uint8Array[];
  /** Function 3 (without imported functions) has the type that a start function must have. */
  readonly start?: number;
  /** The code of the third function, which has the type `-> i64`, without its locals and its end. */
  readonly code?: Uint8Array;
  /** Custom sections at the end. */
  readonly customs?: readonly Uint8Array[];
}

const emptyBody = Uint8Array.of(0x42, 0);

/** Function 2 (without imported functions) is called `<pallet_x as hooks>::on_idle`. */
export function pvfModule({ imports = [importedMemory()], tables = [table], ...parts }: PvfParts = {}): Uint8Array {
  const { memories, start, code = emptyBody, heapBase = Uint8Array.of(0x41, ...leb128(1_048_576)) } = parts;
  const { exports = [], customs = [version('plain', 1)] } = parts;
  const body = (instructions: Uint8Array) => sized(Uint8Array.of(0), instructions, Uint8Array.of(0x0b));
  return wasmModule(
    section(
      sectionId('type'),
      list(Uint8Array.of(0x60, 2, i32, i32, 1, i64), Uint8Array.of(0x60, 1, i64, 1, i64), Uint8Array.of(0x60, 0, 0)),
    ),
    section(sectionId('import'), list(...imports)),
    section(sectionId('function'), list(leb128(0), leb128(0), leb128(0), leb128(2))),
    section(sectionId('table'), list(...tables)),
    ...(memories ? [section(sectionId('memory'), list(...memories))] : []),
    section(sectionId('global'), list(concat(Uint8Array.of(i32, 0), heapBase, Uint8Array.of(0x0b)))),
    section(
      sectionId('export'),
      list(
        concat(name('__heap_base'), Uint8Array.of(3, 0)),
        concat(name('validate_block'), Uint8Array.of(0, 0)),
        concat(name('Core_version'), Uint8Array.of(0, 1)),
        ...exports,
      ),
    ),
    ...(start === undefined ? [] : [section(sectionId('start'), leb128(start))]),
    section(sectionId('code'), list(body(emptyBody), body(emptyBody), body(code), body(new Uint8Array(0)))),
    ...customs,
    functionNames(imports),
  );
}

function functionNames(imports: readonly Uint8Array[]): Uint8Array {
  const functions = imports.filter((entry) => isFunction(entry)).length;
  const symbol = '_ZN44_$LT$pallet_x..X$u20$as$u20$hooks..Hooks$GT$7on_idle17h0123456789abcdefE';
  const names = list(concat(leb128(functions + 2), name(symbol)));
  return section(sectionId('custom'), name('name'), concat(Uint8Array.of(1), sized(names)));
}

/** The kind follows the two names. */
function isFunction(entry: Uint8Array): boolean {
  const module = (entry[0] ?? 0) + 1;
  return entry[module + (entry[module] ?? 0) + 1] === 0;
}

/** Two files behind each other. */
export const concatenated = concat(plainPvf, plainPvf);
