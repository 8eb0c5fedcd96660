/**
 * `ExecutorParam` in SCALE and in JSON, and the hashes of a list of them. To add a param, add a row to `table`.
 * Source: polkadot-primitives 26.0.0 `executor_params.rs`.
 */
import { _void, type Codec, type CodecType, Enum, Struct, u32, u64, Vector } from 'scale-ts';
import { blake2b256 } from '../base/hash.ts';
import { fieldless } from './scale.ts';

/** How reports and profile files write a param, besides its name. */
export interface ExecutorParamContent {
  readonly kind?: string;
  /** Decimal text where the number may exceed 2^53. */
  readonly value?: number | string;
}

type Range = readonly [least: bigint, most: bigint];

interface JsonForm<Value> {
  /** The words that `kind` may be; absent: the param has no kind. */
  readonly kinds?: readonly string[];
  /** What `value` may be; absent: the param has no value. */
  readonly range?: Range;
  toJson(value: Value): ExecutorParamContent;
  /** Throws `RangeError` with a text that names `kind` or `value`. */
  fromJson(kind: unknown, value: unknown): Value;
}

interface Row<Value> extends JsonForm<Value> {
  /** The discriminant in SCALE. */
  readonly code: number;
  readonly codec: Codec<Value>;
}

const U64_MAX = 2n ** 64n - 1n;

function number32(code: number, ...range: Range): Row<number> {
  const fromJson = (_: unknown, value: unknown) => Number(wholeNumber(value, range));
  return { code, codec: u32, range, toJson: (value) => ({ value }), fromJson };
}

function number64(code: number, ...range: Range): Row<bigint> {
  const fromJson = (_: unknown, value: unknown) => wholeNumber(value, range);
  return { code, codec: u64, range, toJson: (value) => ({ value: value.toString() }), fromJson };
}

/** Milliseconds. */
function timeout<const Kinds extends readonly string[]>(
  code: number,
  kinds: Kinds,
): Row<{ kind: Kinds[number]; millis: bigint }> {
  const range: Range = [1n, U64_MAX];
  return {
    code,
    codec: Struct({ kind: fieldless(kinds), millis: u64 }),
    kinds,
    range,
    toJson: ({ kind, millis }) => ({ kind, value: millis.toString() }),
    fromJson: (kind, value) => ({ kind: oneOf(kind, kinds), millis: wholeNumber(value, range) }),
  };
}

function flag(code: number): Row<undefined> {
  return { code, codec: _void, toJson: () => ({}), fromJson: () => undefined };
}

function choice<const Kinds extends readonly string[]>(code: number, kinds: Kinds, first: number): Row<Kinds[number]> {
  const codec = fieldless(kinds, first);
  return { code, codec, kinds, toJson: (kind) => ({ kind }), fromJson: (kind) => oneOf(kind, kinds) };
}

/** The ranges are those that the runtime enforces (`ExecutorParams::check_consistency`). Discriminant 0 is not used. */
const table = {
  /** Pages of 64 KiB; used at execution. */
  MaxMemoryPages: number32(1, 1n, 65_536n),
  /** Values on the operand stack; a constant in the instrumented code. */
  StackLogicalMax: number32(2, 1024n, 131_072n),
  /** Bytes. */
  StackNativeMax: number32(3, 128n * 1024n, 0xffff_ffffn),
  /** Bytes; hard limit of the worker's allocator, for both job kinds. */
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

/** What JSON holds for each param, by its name. */
export const executorParamForms: Readonly<Record<ExecutorParam['tag'], JsonForm<unknown>>> = table;

export function executorParamToJson({ tag, value }: ExecutorParam): { readonly name: string } & ExecutorParamContent {
  return { name: tag, ...executorParamForms[tag].toJson(value) };
}

/** Throws `RangeError` with a sentence that names what is wrong. */
export function executorParamFromJson(json: {
  readonly name?: unknown;
  readonly kind?: unknown;
  readonly value?: unknown;
}): ExecutorParam {
  const { name, kind, value } = json;
  if (!isTag(name)) throw new RangeError(`there is no executor param ${JSON.stringify(name)}.`);
  return { tag: name, value: executorParamForms[name].fromJson(kind, value) } as ExecutorParam;
}

function isTag(name: unknown): name is ExecutorParam['tag'] {
  return typeof name === 'string' && Object.hasOwn(table, name);
}

function wholeNumber(value: unknown, [least, most]: Range): bigint {
  const text = typeof value === 'number' || typeof value === 'string' ? String(value) : '';
  const number = /^\d+$/.test(text) ? BigInt(text) : undefined;
  if (number === undefined || number < least || number > most) {
    throw new RangeError(`value must be a whole number from ${least} to ${most}.`);
  }
  return number;
}

function oneOf<const Kind extends string>(kind: unknown, kinds: readonly Kind[]): Kind {
  const found = kinds.find((known) => known === kind);
  if (found === undefined) throw new RangeError(`kind must be ${kinds.join(' or ')}.`);
  return found;
}

/** BLAKE2b-256 of the encoded list. */
export function paramsHash(params: readonly ExecutorParam[]): Uint8Array {
  return blake2b256(executorParams.enc([...params]));
}

/**
 * BLAKE2b-256 of `prep` and the params that change the artifact, in list order.
 * @param affecting what the worker's revision lets change the artifact
 */
export function prepHash(params: readonly ExecutorParam[], affecting: ReadonlySet<ExecutorParam['tag']>): Uint8Array {
  const relevant = params.filter(({ tag }) => affecting.has(tag)).map((param) => executorParam.enc(param));
  return blake2b256(new TextEncoder().encode('prep'), ...relevant);
}
