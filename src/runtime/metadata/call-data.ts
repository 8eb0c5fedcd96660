/** Encodes calls by the metadata of the runtime that will dispatch them. */
import { compact } from 'scale-ts';
import { concat } from '../../base/bytes.ts';
import type { MetadataType, PalletVariant, RuntimeMetadata, TypeId } from '../../model/metadata.ts';
import { typeText } from '../../model/type-text.ts';

/** A value for an argument. The metadata must give the argument a type that encodes it. */
export type CallValue =
  /** `H256`, or any other 32 bytes. */
  | { readonly kind: 'hash'; readonly bytes: Uint8Array }
  /** `Vec<u8>` */
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | { readonly kind: 'bool'; readonly value: boolean }
  /** `RuntimeCall` */
  | { readonly kind: 'call'; readonly call: CallData };

export interface CallArgument {
  readonly name: string;
  readonly value: CallValue;
  /** An older version of the call lacks it. */
  readonly isOptional?: true;
}

export interface CallRequest {
  /** As in the metadata: `ParachainSystem`. */
  readonly pallet: string;
  /** `authorize_upgrade` */
  readonly call: string;
  readonly args: readonly CallArgument[];
}

/** An encoded call: `RuntimeCall` in SCALE. */
export interface CallData {
  readonly pallet: string;
  readonly call: string;
  /** Indices in the metadata. */
  readonly index: { readonly pallet: number; readonly call: number };
  /** The call data is their concatenation. A code of megabytes is not copied. */
  readonly parts: readonly Uint8Array[];
  /** Of all parts. */
  readonly length: number;
}

export type CallResult =
  | { readonly kind: 'encoded'; readonly data: CallData }
  /** The runtime does not have the call. */
  | { readonly kind: 'absent' }
  /** The call is not the expected one. `reason`: a clause. */
  | { readonly kind: 'refused'; readonly reason: string };

/** Never throws. */
export function encodeCall(metadata: RuntimeMetadata, { pallet, call, args }: CallRequest): CallResult {
  const found = metadata.pallets.find(({ name }) => name === pallet);
  const variant = found?.calls.find(({ name }) => name === call);
  if (found === undefined || variant === undefined) return { kind: 'absent' };
  const name = `${pallet}.${call}`;
  const fault = faultOfArguments(variant, args);
  if (fault !== undefined) return { kind: 'refused', reason: `${name} ${fault}` };
  const parts: Uint8Array[] = [Uint8Array.of(found.index, variant.index)];
  for (const field of variant.fields) {
    const argument = args.find((candidate) => candidate.name === field.name);
    const encoded = argument && encodeValue(metadata.types, field.type, argument.value);
    if (encoded === undefined) {
      const type = typeText(metadata.types, field.type);
      const wanted = argument === undefined ? '' : `, not ${expectedTypes[argument.value.kind]}`;
      return { kind: 'refused', reason: `the argument ${field.name} of ${name} has the type ${type}${wanted}` };
    }
    parts.push(...encoded);
  }
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const index = { pallet: found.index, call: variant.index };
  return { kind: 'encoded', data: { pallet, call, index, parts, length } };
}

/** Copies the parts. */
export function bytesOfCall({ parts }: Pick<CallData, 'parts'>): Uint8Array {
  return concat(...parts);
}

const expectedTypes: Readonly<Record<CallValue['kind'], string>> = {
  hash: 'H256',
  bytes: 'Vec<u8>',
  bool: 'bool',
  call: 'RuntimeCall with that call',
};

/** A verb with its object. Undefined: each argument of the call has a value, and each value that is needed an argument. */
function faultOfArguments({ fields }: PalletVariant, args: readonly CallArgument[]): string | undefined {
  const names = fields.map(({ name }) => name);
  const list = names.map((name) => name ?? '(no name)').join(', ');
  const unknown = names.filter((name) => !args.some((argument) => argument.name === name));
  const missing = args.filter(({ name, isOptional }) => !isOptional && !names.includes(name));
  if (unknown.length === 0 && missing.length === 0 && new Set(names).size === names.length) return undefined;
  return `takes other arguments than expected: (${list}), not (${args.map(({ name }) => name).join(', ')})`;
}

/** Undefined when the type does not encode the value. */
function encodeValue(types: readonly MetadataType[], id: TypeId, value: CallValue): readonly Uint8Array[] | undefined {
  const type = withoutWrappers(types, id);
  switch (value.kind) {
    case 'hash':
      return type?.kind === 'array' && type.length === value.bytes.length && isByte(types, type.item)
        ? [value.bytes]
        : undefined;
    case 'bytes':
      return type?.kind === 'sequence' && isByte(types, type.item)
        ? [compact.enc(value.bytes.length), value.bytes]
        : undefined;
    case 'bool':
      return type?.kind === 'primitive' && type.primitive === 'bool' ? [Uint8Array.of(value.value ? 1 : 0)] : undefined;
    case 'call':
      return hasCall(types, type, value.call) ? value.call.parts : undefined;
  }
}

const MAX_WRAPPERS = 8;

/** The type inside structs and tuples with one member, which add no byte: `H256([u8; 32])`, `BoundedVec<u8, …>`. */
function withoutWrappers(types: readonly MetadataType[], id: TypeId): MetadataType | undefined {
  let type = types[id];
  for (let depth = 0; depth < MAX_WRAPPERS; depth++) {
    const members: readonly TypeId[] =
      type?.kind === 'composite' ? type.fields.map((field) => field.type) : type?.kind === 'tuple' ? type.items : [];
    const [only, second] = members;
    if (only === undefined || second !== undefined) return type;
    type = types[only];
  }
  return type;
}

function isByte(types: readonly MetadataType[], id: TypeId): boolean {
  const type = withoutWrappers(types, id);
  return type?.kind === 'primitive' && type.primitive === 'u8';
}

/** Is it the enum of all calls, with this call at the same indices? */
function hasCall(types: readonly MetadataType[], type: MetadataType | undefined, { pallet, call, index }: CallData) {
  if (type?.kind !== 'variant') return false;
  const outer = type.variants.find((variant) => variant.index === index.pallet);
  const [field, second] = outer?.fields ?? [];
  if (outer?.name !== pallet || field === undefined || second !== undefined) return false;
  const inner = withoutWrappers(types, field.type);
  return inner?.kind === 'variant' && inner.variants.some((one) => one.index === index.call && one.name === call);
}
