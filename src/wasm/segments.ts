/** Element and data segments. */
import { readConstant } from './constant.ts';
import { type Cursor, MalformedWasm } from './cursor.ts';

/** `declared` segments only announce functions. */
type SegmentMode = 'active' | 'passive' | 'declared';

interface Segment {
  /** Offset in the module. */
  readonly at: number;
  /** Size with the segment's own header. */
  readonly bytes: number;
  readonly mode: SegmentMode;
  /** Where an active segment goes, in its table or memory. Absent unless a plain constant says so. */
  readonly offset?: number;
}

export interface ElementSegment extends Segment {
  readonly table: number;
  /** Indices in the function index space. Other elements are left out. */
  readonly functions: Uint32Array;
}

export interface DataSegment extends Segment {
  readonly memory: number;
  /** Offset of the content in the module. */
  readonly contentAt: number;
  readonly contentBytes: number;
}

/** Wasmtime rejects modules with more elements in a table, and with more data segments (wasmparser `limits.rs`). */
const MAX_ELEMENTS = 10_000_000;
const MAX_SEGMENTS = 100_000;

// Bits of the flags of an element segment.
const NOT_ACTIVE = 1;
const DECLARED_OR_WITH_INDEX = 2;
const AS_EXPRESSIONS = 4;

/** Throws `MalformedWasm`. */
export function readElementSegments(cursor: Cursor): ElementSegment[] {
  return segments(cursor, 'element', readElementSegment);
}

/** Throws `MalformedWasm`. */
export function readDataSegments(cursor: Cursor): DataSegment[] {
  return segments(cursor, 'data', readDataSegment);
}

function segments<T>(cursor: Cursor, name: string, read: (cursor: Cursor) => T): T[] {
  const { at } = cursor;
  const count = cursor.u32();
  if (count > MAX_SEGMENTS) {
    throw new MalformedWasm(at, `${count} ${name} segments exceed the limit of ${MAX_SEGMENTS}`);
  }
  return Array.from({ length: count }, () => read(cursor));
}

function readElementSegment(cursor: Cursor): ElementSegment {
  const { at } = cursor;
  const flags = cursor.u32();
  if (flags > 7) throw new MalformedWasm(at, `unknown flags ${flags} of an element segment`);
  const isActive = (flags & NOT_ACTIVE) === 0;
  const hasMore = (flags & DECLARED_OR_WITH_INDEX) !== 0;
  const table = isActive && hasMore ? cursor.u32() : 0;
  const offset = isActive ? readOffset(cursor) : undefined;
  // The kind of the elements, or their type.
  if (!isActive || hasMore) cursor.byte();
  const functions = flags & AS_EXPRESSIONS ? functionsOfExpressions(cursor) : functionIndices(cursor);
  return {
    at,
    bytes: cursor.at - at,
    mode: isActive ? 'active' : hasMore ? 'declared' : 'passive',
    ...(offset !== undefined && { offset }),
    table,
    functions,
  };
}

function functionIndices(cursor: Cursor): Uint32Array {
  const count = elementCount(cursor);
  const functions = new Uint32Array(count);
  for (let index = 0; index < count; index += 1) functions[index] = cursor.u32();
  return functions;
}

function functionsOfExpressions(cursor: Cursor): Uint32Array {
  const functions: number[] = [];
  for (let left = elementCount(cursor); left > 0; left -= 1) {
    const element = readConstant(cursor);
    if (element.kind === 'function') functions.push(element.index);
  }
  return Uint32Array.from(functions);
}

/** Every element takes a byte, so that a larger count is damage. */
function elementCount(cursor: Cursor): number {
  const { at } = cursor;
  const count = cursor.u32();
  if (count > MAX_ELEMENTS) throw new MalformedWasm(at, `${count} elements exceed the limit of ${MAX_ELEMENTS}`);
  if (count > cursor.end - cursor.at) throw new MalformedWasm(cursor.end, 'unexpected end');
  return count;
}

function readDataSegment(cursor: Cursor): DataSegment {
  const { at } = cursor;
  const flags = cursor.u32();
  if (flags > 2) throw new MalformedWasm(at, `unknown flags ${flags} of a data segment`);
  const memory = flags === 2 ? cursor.u32() : 0;
  const offset = flags === 1 ? undefined : readOffset(cursor);
  const contentBytes = cursor.u32();
  const contentAt = cursor.at;
  cursor.skip(contentBytes);
  return {
    at,
    bytes: cursor.at - at,
    mode: flags === 1 ? 'passive' : 'active',
    ...(offset !== undefined && { offset }),
    memory,
    contentAt,
    contentBytes,
  };
}

function readOffset(cursor: Cursor): number | undefined {
  const offset = readConstant(cursor);
  return offset.kind === 'i32' ? offset.value : undefined;
}
