/**
 * The features of WebAssembly that are later than its first version (MVP), by how the binary format shows them. Each table
 * lists the assigned codes of the finished and of the implemented proposals (github.com/WebAssembly/proposals).
 */

export type WasmFeature =
  | 'bulk-memory'
  | 'custom-page-sizes'
  | 'exceptions'
  | 'gc'
  | 'memory64'
  | 'multi-memory'
  | 'multi-value'
  | 'reference-types'
  | 'saturating-float'
  | 'sign-extension'
  | 'simd'
  | 'stack-switching'
  | 'tail-call'
  | 'threads'
  | 'wide-arithmetic'
  | 'unknown';

/** An instruction, a type or a section that the MVP does not have. */
export interface FeatureUse {
  readonly feature: WasmFeature;
  /** As in the text format where it has a name there: `i32.extend8_s`, `tag section`. */
  readonly name: string;
  /** Polkadot's parser takes it for something else and fails later, with any error. */
  readonly isMisread?: true;
}

const use = (feature: WasmFeature, name: string): FeatureUse => ({ feature, name });

/** One use for each name, numbered from `first`. */
function numbered(first: number, feature: WasmFeature, names: string): [number, FeatureUse][] {
  return names.split(' ').map((name, index) => [first + index, use(feature, name)]);
}

const opcodes: ReadonlyMap<number, FeatureUse> = new Map([
  ...numbered(0x06, 'exceptions', 'try catch throw rethrow throw_ref'),
  ...numbered(0x12, 'tail-call', 'return_call return_call_indirect'),
  ...numbered(0x14, 'gc', 'call_ref return_call_ref'),
  ...numbered(0x18, 'exceptions', 'delegate catch_all'),
  [0x1c, use('reference-types', 'select (result)')],
  [0x1f, use('exceptions', 'try_table')],
  ...numbered(0x25, 'reference-types', 'table.get table.set'),
  ...numbered(0xc0, 'sign-extension', 'i32.extend8_s i32.extend16_s i64.extend8_s i64.extend16_s i64.extend32_s'),
  ...numbered(0xd0, 'reference-types', 'ref.null ref.is_null ref.func'),
  ...numbered(0xd3, 'gc', 'ref.eq ref.as_non_null br_on_null br_on_non_null'),
  ...numbered(0xe0, 'stack-switching', 'cont.new cont.bind suspend resume resume_throw resume_throw_ref switch'),
]);

/** The opcodes after the prefix 0xfc. */
const opcodesAfterFc: ReadonlyMap<number, FeatureUse> = new Map([
  ...numbered(
    0,
    'saturating-float',
    'i32.trunc_sat_f32_s i32.trunc_sat_f32_u i32.trunc_sat_f64_s i32.trunc_sat_f64_u i64.trunc_sat_f32_s i64.trunc_sat_f32_u i64.trunc_sat_f64_s i64.trunc_sat_f64_u',
  ),
  ...numbered(8, 'bulk-memory', 'memory.init data.drop memory.copy memory.fill table.init elem.drop table.copy'),
  ...numbered(15, 'reference-types', 'table.grow table.size table.fill'),
  ...numbered(19, 'wide-arithmetic', 'i64.add128 i64.sub128 i64.mul_wide_s i64.mul_wide_u'),
]);

/** @param second the number after a prefix such as 0xfc; ignored for opcodes without one */
export function opcodeUse(opcode: number, second: number): FeatureUse {
  switch (opcode) {
    case 0xfb:
      return use('gc', `0xfb ${hex(second)}`);
    case 0xfc:
      return opcodesAfterFc.get(second) ?? use('unknown', `0xfc ${hex(second)}`);
    case 0xfd:
      return use('simd', `0xfd ${hex(second)}`);
    case 0xfe:
      return use('threads', `0xfe ${hex(second)}`);
    default:
      return opcodes.get(opcode) ?? use('unknown', hex(opcode));
  }
}

/** Value types except the four of the MVP. */
const valueTypes: ReadonlyMap<number, FeatureUse> = new Map([
  [0x7b, use('simd', 'v128')],
  [0x70, use('reference-types', 'funcref')],
  [0x6f, use('reference-types', 'externref')],
  [0x69, use('exceptions', 'exnref')],
  [0x74, use('exceptions', 'nullexnref')],
  [0x68, use('stack-switching', 'contref')],
  [0x75, use('stack-switching', 'nullcontref')],
  ...numbered(0x63, 'gc', '(ref null) (ref)'),
  ...numbered(0x6a, 'gc', 'arrayref structref i31ref eqref anyref'),
  ...numbered(0x71, 'gc', 'nullref nullexternref nullfuncref'),
  ...numbered(0x77, 'gc', 'i16 i8'),
]);

/** Undefined for a byte that is no type in any proposal. */
export function valueTypeUse(byte: number): FeatureUse | undefined {
  return valueTypes.get(byte);
}

/** What the type section may hold beside function types (0x60). */
export const typeForms: ReadonlyMap<number, FeatureUse> = new Map([
  ...numbered(0x4e, 'gc', 'rec sub-final sub'),
  [0x5d, use('stack-switching', 'cont')],
  ...numbered(0x5e, 'gc', 'array struct'),
]);

/** The flags of a memory or table, beside 0 and 1. Undefined for flags of no proposal. */
export function limitsUse(flags: number): FeatureUse | undefined {
  if (flags > 0x0f) return undefined;
  if (flags & 0x08) return use('custom-page-sizes', 'memory with its own page size');
  if (flags & 0x04) return use('memory64', '64-bit memory or table');
  return flags & 0x02 ? use('threads', 'shared memory') : undefined;
}

/** The flags of an element segment; 0 is the MVP's form. */
export function elementUse(flags: number): FeatureUse | undefined {
  if (flags === 1) return { ...use('bulk-memory', 'passive element segment'), isMisread: true };
  if (flags > 7) return undefined;
  return { ...use('reference-types', `element segment of kind ${flags}`), isMisread: true };
}

/** The flags of a data segment; 0 is the MVP's form. */
export function dataUse(flags: number): FeatureUse | undefined {
  if (flags === 1) return { ...use('bulk-memory', 'passive data segment'), isMisread: true };
  return flags === 2 ? { ...use('multi-memory', 'data segment with a memory index'), isMisread: true } : undefined;
}

function hex(value: number): string {
  return `0x${value.toString(16).padStart(2, '0')}`;
}
