/** Types, imports and exports of a module, in the terms of the wasm text format. */
import { type Cursor, MalformedWasm } from './cursor.ts';

export type ValueType = 'i32' | 'i64' | 'f32' | 'f64' | 'v128' | 'funcref' | 'externref';

export interface FunctionType {
  readonly params: readonly ValueType[];
  readonly results: readonly ValueType[];
}

export type EntityKind = 'function' | 'table' | 'memory' | 'global' | 'tag';

export interface MemoryType {
  /** Pages of 64 KiB. */
  readonly min: number;
  readonly max?: number;
}

export interface TableType {
  readonly element: ValueType;
  /** Number of elements. */
  readonly min: number;
  readonly max?: number;
}

export interface GlobalType {
  readonly type: ValueType;
  readonly isMutable: boolean;
}

export interface Import {
  readonly module: string;
  readonly name: string;
  readonly kind: EntityKind;
  /** Only for a function whose type exists in the module. */
  readonly type?: FunctionType;
  /** Only for a memory. */
  readonly memory?: MemoryType;
  /** Only for a table. */
  readonly table?: TableType;
  /** Only for a global. */
  readonly global?: GlobalType;
}

export interface Export {
  readonly name: string;
  readonly kind: EntityKind;
  /** Index in the index space of its kind. */
  readonly index: number;
  /** Only for a function that exists in the module. */
  readonly type?: FunctionType;
}

const VALUE_TYPES: ReadonlyMap<number, ValueType> = new Map([
  [0x7f, 'i32'],
  [0x7e, 'i64'],
  [0x7d, 'f32'],
  [0x7c, 'f64'],
  [0x7b, 'v128'],
  [0x70, 'funcref'],
  [0x6f, 'externref'],
]);
const ENTITY_KINDS: readonly EntityKind[] = ['function', 'table', 'memory', 'global', 'tag'];
const FUNCTION_FORM = 0x60;

export function readFunctionType(cursor: Cursor): FunctionType {
  const at = cursor.at;
  if (cursor.byte() !== FUNCTION_FORM) throw new MalformedWasm(at, 'a type is not a function type');
  return { params: cursor.list(() => readValueType(cursor)), results: cursor.list(() => readValueType(cursor)) };
}

export function readImport(cursor: Cursor, types: readonly FunctionType[]): Import {
  const module = cursor.name();
  const name = cursor.name();
  const kind = readEntityKind(cursor);
  switch (kind) {
    case 'function': {
      const type = types[cursor.u32()];
      return { module, name, kind, ...(type && { type }) };
    }
    case 'memory':
      return { module, name, kind, memory: readLimits(cursor) };
    case 'table':
      return { module, name, kind, table: readTableType(cursor) };
    case 'global':
      return { module, name, kind, global: readGlobalType(cursor) };
    case 'tag':
      cursor.byte();
      cursor.u32();
      return { module, name, kind };
  }
}

/** @param typeOf returns a function's type by its index in the function index space */
export function readExport(cursor: Cursor, typeOf: (index: number) => FunctionType | undefined): Export {
  const name = cursor.name();
  const kind = readEntityKind(cursor);
  const index = cursor.u32();
  const type = kind === 'function' ? typeOf(index) : undefined;
  return { name, kind, index, ...(type && { type }) };
}

export function readLimits(cursor: Cursor): MemoryType {
  const at = cursor.at;
  const flags = cursor.byte();
  // Bit 0: has a maximum; bit 1: shared; bit 2: 64-bit.
  if (flags > 7) throw new MalformedWasm(at, `unknown limits flags ${flags}`);
  const min = cursor.u64();
  return flags & 1 ? { min, max: cursor.u64() } : { min };
}

export function readTableType(cursor: Cursor): TableType {
  return { element: readValueType(cursor), ...readLimits(cursor) };
}

export function readGlobalType(cursor: Cursor): GlobalType {
  return { type: readValueType(cursor), isMutable: (cursor.byte() & 1) === 1 };
}

function readValueType(cursor: Cursor): ValueType {
  const at = cursor.at;
  const byte = cursor.byte();
  const type = VALUE_TYPES.get(byte);
  if (!type) throw new MalformedWasm(at, `unknown value type 0x${byte.toString(16)}`);
  return type;
}

function readEntityKind(cursor: Cursor): EntityKind {
  const at = cursor.at;
  const byte = cursor.byte();
  const kind = ENTITY_KINDS[byte];
  if (!kind) throw new MalformedWasm(at, `unknown kind of import or export ${byte}`);
  return kind;
}
