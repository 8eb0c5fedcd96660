/** A module as the package `wasmparser` reads it, in the shape of our own reader's results. */
import {
  BinaryReader,
  bytesToString,
  type IDataSegmentBody,
  type IElementSegment,
  type IExportEntry,
  type IFunctionEntry,
  type IFunctionNameEntry,
  type IGlobalVariable,
  type IImportEntry,
  type IMemoryType,
  type INameEntry,
  type IOperatorInformation,
  type IResizableLimits,
  type ISectionInformation,
  type ITableType,
  type ITypeEntry,
} from 'wasmparser';

export interface ParsedModule {
  readonly sections: { id: number; name: string; end: number }[];
  types: number;
  readonly imports: { module: string; name: string; kind: number; type: unknown }[];
  readonly exports: { name: string; kind: number; index: number }[];
  readonly functionTypes: number[];
  readonly tables: unknown[];
  readonly memories: unknown[];
  readonly globals: unknown[];
  readonly elements: { offset: number; functions: number[] }[];
  readonly data: { offset: number; bytes: number }[];
  /** Offset behind each body. */
  readonly bodyEnds: number[];
  /** Of each body: twice the function's index, or twice the type's plus one. */
  readonly calls: number[][];
  readonly functionNames: Map<number, string>;
}

// The package has them as `const enum`, which a bundler can't read.
const ERROR = -1;
const END_WASM = 2;
const BEGIN_SECTION = 3;
const END_SECTION = 4;
const TYPE_ENTRY = 11;
const IMPORT_ENTRY = 12;
const FUNCTION_ENTRY = 13;
const TABLE_ENTRY = 14;
const MEMORY_ENTRY = 15;
const EXPORT_ENTRY = 17;
const NAME_ENTRY = 19;
const INIT_OPERATOR = 26;
const BEGIN_BODY = 28;
const OPERATOR = 30;
const END_BODY = 31;
const BEGIN_ELEMENT = 33;
const BEGIN_DATA = 36;
const DATA_BODY = 37;
const BEGIN_GLOBAL = 39;
const OFFSET_OPERATOR = 45;

const CALL = 0x10;
const CALL_INDIRECT = 0x11;
const REF_FUNC = 0xd2;
const END = 0x0b;
const FUNCTION_NAMES = 1;

/** Throws the parser's error. */
export function parseIndependently(bytes: Uint8Array<ArrayBuffer>): ParsedModule {
  const reader = new BinaryReader();
  reader.setData(bytes.slice().buffer, 0, bytes.length, true);
  const parsed: ParsedModule = {
    sections: [],
    types: 0,
    imports: [],
    exports: [],
    functionTypes: [],
    tables: [],
    memories: [],
    globals: [],
    elements: [],
    data: [],
    bodyEnds: [],
    calls: [],
    functionNames: new Map(),
  };
  let lastSegment: { offset: number } | undefined;
  while (reader.read()) {
    const { state, result } = reader;
    switch (state as number) {
      case ERROR:
        throw reader.error;
      case END_WASM:
        return parsed;
      case BEGIN_SECTION: {
        const { id, name } = result as ISectionInformation;
        parsed.sections.push({ id, name: name === null ? '' : bytesToString(name), end: 0 });
        break;
      }
      case END_SECTION: {
        const section = parsed.sections.at(-1);
        if (section) section.end = reader.position;
        break;
      }
      case TYPE_ENTRY:
        if ((result as ITypeEntry).form !== 0) parsed.types += 1;
        break;
      case IMPORT_ENTRY: {
        const { module, field, kind, funcTypeIndex, type } = result as IImportEntry;
        const imported = { module: bytesToString(module), name: bytesToString(field), kind };
        parsed.imports.push({ ...imported, type: kind === 0 ? funcTypeIndex : typeText(type) });
        break;
      }
      case FUNCTION_ENTRY:
        parsed.functionTypes.push((result as IFunctionEntry).typeIndex);
        break;
      case TABLE_ENTRY:
        parsed.tables.push(typeText(result as ITableType));
        break;
      case MEMORY_ENTRY:
        parsed.memories.push(typeText(result as IMemoryType));
        break;
      case BEGIN_GLOBAL: {
        const { type } = result as IGlobalVariable;
        parsed.globals.push([type.contentType.code & 0x7f, type.mutability === 1]);
        break;
      }
      case EXPORT_ENTRY: {
        const { field, kind, index } = result as IExportEntry;
        parsed.exports.push({ name: bytesToString(field), kind, index });
        break;
      }
      case BEGIN_ELEMENT:
        if ((result as IElementSegment).mode !== 0) throw new Error('only active element segments are expected');
        parsed.elements.push({ offset: 0, functions: [] });
        lastSegment = parsed.elements.at(-1);
        break;
      case BEGIN_DATA:
        parsed.data.push({ offset: 0, bytes: 0 });
        lastSegment = parsed.data.at(-1);
        break;
      case DATA_BODY: {
        const segment = parsed.data.at(-1);
        if (segment) segment.bytes = (result as IDataSegmentBody).data.length;
        break;
      }
      case OFFSET_OPERATOR: {
        const { code, literal } = result as IOperatorInformation;
        if ((code as number) !== END && lastSegment) lastSegment.offset = Number(literal) >>> 0;
        break;
      }
      case INIT_OPERATOR: {
        const { code, funcIndex } = result as IOperatorInformation;
        if ((code as number) === REF_FUNC) parsed.elements.at(-1)?.functions.push(funcIndex ?? -1);
        break;
      }
      case NAME_ENTRY:
        if (((result as INameEntry).type as number) !== FUNCTION_NAMES) break;
        for (const { index, name } of (result as IFunctionNameEntry).names) {
          parsed.functionNames.set(index, bytesToString(name));
        }
        break;
      case BEGIN_BODY:
        parsed.calls.push([]);
        break;
      case OPERATOR: {
        const { code, funcIndex, typeIndex } = result as IOperatorInformation;
        if ((code as number) === CALL) parsed.calls.at(-1)?.push((funcIndex ?? -1) * 2);
        if ((code as number) === CALL_INDIRECT) parsed.calls.at(-1)?.push((typeIndex ?? -1) * 2 + 1);
        break;
      }
      case END_BODY:
        parsed.bodyEnds.push(reader.position);
    }
  }
  throw reader.error ?? new Error('the parser stopped early');
}

function typeText(type: IImportEntry['type'] | IMemoryType): unknown {
  if (type === undefined) return undefined;
  if ('contentType' in type) return [type.contentType.code & 0x7f, type.mutability === 1];
  if ('elementType' in type) return { element: type.elementType.code & 0x7f, ...limits(type.limits) };
  if ('limits' in type) return limits(type.limits);
  return undefined;
}

function limits({ initial, maximum }: IResizableLimits) {
  return maximum === undefined ? { min: initial } : { min: initial, max: maximum };
}
