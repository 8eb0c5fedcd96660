/** `ExecutorParam` and the hashes made of a list of them. Source: polkadot-primitives 26.0.0 `executor_params.rs`. */
import { _void, type Codec, type CodecType, Enum, enhanceCodec, Struct, u8, u32, u64, Vector } from 'scale-ts';
import { blake2b256 } from '../base/hash.ts';

/** A fieldless Rust enum, encoded as its discriminant. */
export function fieldless<const Names extends readonly string[]>(names: Names, first = 0): Codec<Names[number]> {
  return enhanceCodec(
    u8,
    (name: Names[number]) => names.indexOf(name) + first,
    (discriminant) => {
      const name = names[discriminant - first];
      if (name === undefined) throw new RangeError(`no variant has the discriminant ${discriminant}`);
      return name;
    },
  );
}

const variants = {
  /** Pages of 64 KiB; used at execution. */
  MaxMemoryPages: u32,
  /** Values on the operand stack; a constant in the instrumented code. */
  StackLogicalMax: u32,
  /** Bytes. */
  StackNativeMax: u32,
  /** Bytes; hard limit of the worker's allocator, for both job kinds. */
  PrecheckingMaxMemory: u64,
  /** Milliseconds of CPU time. */
  PvfPrepTimeout: Struct({ kind: fieldless(['Precheck', 'Prepare']), millis: u64 }),
  /** Milliseconds. */
  PvfExecTimeout: Struct({ kind: fieldless(['Backing', 'Approval']), millis: u64 }),
  WasmExtBulkMemory: _void,
  EnabledHostFunction: fieldless(['EccRfc163'], 1),
};

/** Discriminants as in the Rust source; 0 is not used. */
const discriminants = {
  MaxMemoryPages: 1,
  StackLogicalMax: 2,
  StackNativeMax: 3,
  PrecheckingMaxMemory: 4,
  PvfPrepTimeout: 5,
  PvfExecTimeout: 6,
  WasmExtBulkMemory: 7,
  EnabledHostFunction: 8,
} as const satisfies Record<keyof typeof variants, number>;

export const executorParam = Enum(variants, Object.values(discriminants) as [1, 2, 3, 4, 5, 6, 7, 8]);
export type ExecutorParam = CodecType<typeof executorParam>;

export const executorParams: Codec<ExecutorParam[]> = Vector(executorParam);

export function discriminantOf(param: ExecutorParam): number {
  return discriminants[param.tag];
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
