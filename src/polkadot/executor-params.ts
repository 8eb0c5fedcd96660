/**
 * `ExecutorParam` in SCALE and in JSON, and the hash of a list of params. To add a param, add a row to `table`.
 * Source: polkadot-primitives 26.0.0 `executor_params.rs`.
 */
import { _void, type Codec, type CodecType, Enum, Struct, u32, u64, Vector } from 'scale-ts';
import { blake2b256 } from '../base/hash.ts';
import { fieldless } from './scale.ts';

type Range = readonly [least: bigint, most: bigint];

/** A param in reports and profile files, without its name. */
interface ExecutorParamContent {
  readonly kind?: string;
  /** A decimal string where the number may exceed 2^53. */
  readonly value?: number | string;
}

/** The valid contents of a param. */
export interface ExecutorParamForm {
  /** The values of `kind`. Absent: the param has no kind. */
  readonly kinds?: readonly string[];
  /** The bounds of `value`. Absent: the param has no value. */
  readonly range?: Range;
}

interface Row<Value> extends ExecutorParamForm {
  /** The discriminant in SCALE. */
  readonly code: number;
  readonly codec: Codec<Value>;
  /** @param kind one of `kinds`; @param value within `range` */
  make(kind: string, value: bigint): Value;
  content(value: Value): ExecutorParamContent;
}

function number32(code: number, ...range: Range): Row<number> {
  return { code, codec: u32, range, make: (_, value) => Number(value), content: (value) => ({ value }) };
}

function number64(code: number, ...range: Range): Row<bigint> {
  return { code, codec: u64, range, make: (_, value) => value, content: (value) => ({ value: value.toString() }) };
}

/** In milliseconds. */
function timeout<const Kinds extends readonly string[]>(
  code: number,
  kinds: Kinds,
): Row<{ kind: Kinds[number]; millis: bigint }> {
  return {
    code,
    codec: Struct({ kind: fieldless(kinds), millis: u64 }),
    kinds,
    range: [1n, 2n ** 64n - 1n],
    make: (kind, millis) => ({ kind: kind as Kinds[number], millis }),
    content: ({ kind, millis }) => ({ kind, value: millis.toString() }),
  };
}

function flag(code: number): Row<undefined> {
  return { code, codec: _void, make: () => undefined, content: () => ({}) };
}

function choice<const Kinds extends readonly string[]>(code: number, kinds: Kinds, first: number): Row<Kinds[number]> {
  const codec = fieldless(kinds, first);
  return { code, codec, kinds, make: (kind) => kind as Kinds[number], content: (kind) => ({ kind }) };
}

/** The runtime enforces these ranges (`ExecutorParams::check_consistency`). Discriminant 0 is unused. */
const table = {
  /** Pages of 64 KiB. Used at execution. */
  MaxMemoryPages: number32(1, 1n, 65_536n),
  /** Values on the operand stack; a constant in the instrumented code. */
  StackLogicalMax: number32(2, 1024n, 131_072n),
  /** Bytes. */
  StackNativeMax: number32(3, 128n * 1024n, 0xffff_ffffn),
  /** Bytes. The hard limit of the worker's allocator, for both job kinds. */
  PrecheckingMaxMemory: number64(4, 256n << 20n, 16n << 30n),
  /** CPU time. */
  PvfPrepTimeout: timeout(5, ['Precheck', 'Prepare']),
  PvfExecTimeout: timeout(6, ['Backing', 'Approval']),
  WasmExtBulkMemory: flag(7),
  EnabledHostFunction: choice(8, ['EccRfc163'], 1),
};

type Table = typeof table;
type Codecs = { [Tag in keyof Table]: Table[Tag]['codec'] };

type Codes = Parameters<typeof Enum<Codecs>>[1];

const codecs = Object.fromEntries(Object.entries(table).map(([tag, { codec }]) => [tag, codec])) as Codecs;
const codes: readonly number[] = Object.values(table).map(({ code }) => code);

export const executorParam = Enum(codecs, codes as unknown as Codes);
export type ExecutorParam = CodecType<typeof executorParam>;

export const executorParams: Codec<ExecutorParam[]> = Vector(executorParam);

/** The param's discriminant in SCALE. */
export function executorParamCode(tag: ExecutorParam['tag']): number {
  return table[tag].code;
}

export const executorParamForms: Readonly<Record<ExecutorParam['tag'], ExecutorParamForm>> = table;

/** Ignores what the param does not have. @param kind one of its `kinds`; @param value within its `range` */
export function executorParamOf(tag: ExecutorParam['tag'], kind = '', value = 0n): ExecutorParam {
  return { tag, value: table[tag].make(kind, value) } as ExecutorParam;
}

export function executorParamContent({ tag, value }: ExecutorParam): ExecutorParamContent {
  const row: Pick<Row<unknown>, 'content'> = table[tag];
  return row.content(value);
}

/**
 * BLAKE2b-256 of `prep` and the params that change the artifact, in list order.
 * @param affecting the params that change the artifact in the worker's revision
 */
export function prepHash(params: readonly ExecutorParam[], affecting: ReadonlySet<ExecutorParam['tag']>): Uint8Array {
  const relevant = params.filter(({ tag }) => affecting.has(tag)).map((param) => executorParam.enc(param));
  return blake2b256(new TextEncoder().encode('prep'), ...relevant);
}
