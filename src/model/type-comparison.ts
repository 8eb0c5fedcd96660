/** Whether the values of two types encode in the same way. */
import type { Field, MetadataType, PalletVariant, RuntimeMetadata, TypeId } from './metadata.ts';
import { typeText } from './type-text.ts';

export type TypeDifference =
  | { readonly kind: 'same' }
  /** Every old value decodes as the new type, with the same meaning. */
  | { readonly kind: 'extended'; readonly at: string }
  /** `at`: the place inside the type, such as `.free` or `[].who`; empty for the type itself. */
  | { readonly kind: 'differs'; readonly at: string; readonly was: string; readonly now: string };

/** A pair of types to compare, and where in the outer types they are. */
interface Pair {
  readonly older: TypeId;
  readonly newer: TypeId;
  readonly step: string;
  readonly parent?: Pair;
}

type Step =
  | { readonly kind: 'pairs'; readonly pairs: readonly Omit<Pair, 'parent'>[]; readonly isExtended?: boolean }
  | { readonly kind: 'differs'; readonly was?: string; readonly now?: string };

/** A comparison of two real runtimes takes some 10 000 steps. */
const MAX_STEPS = 2_000_000;
/** Structs inside each other. Endless types end here. */
const MAX_PARTS = 256;
const MAX_PLACE = 8;

const same = { kind: 'same' } as const;

/**
 * Compares types of two runtimes by what they encode: names of types and fields don't count, a type around another one does
 * not either. The enums that join the calls, events, errors and origins of all pallets are taken as equal: their parts
 * are compared by themselves.
 */
export class TypeComparison {
  readonly #older: readonly MetadataType[];
  readonly #newer: readonly MetadataType[];
  readonly #outerOlder: ReadonlySet<TypeId>;
  readonly #outerNewer: ReadonlySet<TypeId>;
  /** Pairs all of whose parts are the same. */
  readonly #same = new Set<string>();
  readonly #results = new Map<string, TypeDifference>();
  #steps = 0;

  constructor(older: RuntimeMetadata, newer: RuntimeMetadata) {
    this.#older = older.types;
    this.#newer = newer.types;
    this.#outerOlder = outerEnums(older);
    this.#outerNewer = outerEnums(newer);
  }

  compare(older: TypeId, newer: TypeId): TypeDifference {
    const key = `${older} ${newer}`;
    const known = this.#results.get(key);
    if (known !== undefined) return known;
    const result = this.#search({ older, newer, step: '' });
    this.#results.set(key, result);
    return result;
  }

  /** The worst difference of all pairs of parts that the pair leads to. */
  #search(start: Pair): TypeDifference {
    const seen = new Set<string>();
    const open: Pair[] = [start];
    let extended: Pair | undefined;
    for (let pair = open.pop(); pair !== undefined; pair = open.pop()) {
      const key = `${pair.older} ${pair.newer}`;
      if (seen.has(key) || this.#same.has(key)) continue;
      seen.add(key);
      const step = this.#steps++ > MAX_STEPS ? ({ kind: 'differs' } as const) : this.#compareOne(pair);
      if (step.kind === 'differs') return this.#differs(pair, step);
      if (step.isExtended) extended ??= pair;
      for (const part of step.pairs) open.push({ ...part, parent: pair });
    }
    if (extended !== undefined) return { kind: 'extended', at: placeOf(extended) };
    for (const key of seen) this.#same.add(key);
    return same;
  }

  #differs(pair: Pair, { was, now }: Step & { kind: 'differs' }): TypeDifference {
    return {
      kind: 'differs',
      at: placeOf(pair),
      was: was ?? typeText(this.#older, pair.older),
      now: now ?? typeText(this.#newer, pair.newer),
    };
  }

  #compareOne({ older, newer }: Pair): Step {
    if (this.#outerOlder.has(older) && this.#outerNewer.has(newer)) return { kind: 'pairs', pairs: [] };
    const was = parts(this.#older, older);
    const now = parts(this.#newer, newer);
    const [first] = was;
    const [second] = now;
    if (was.length === 1 && now.length === 1 && first && second) return this.#compareParts(first.type, second.type);
    if (was.length !== now.length) return { kind: 'differs' };
    return { kind: 'pairs', pairs: pairFields(was, now) };
  }

  /** Of types that are neither structs nor tuples. */
  #compareParts(olderId: TypeId, newerId: TypeId): Step {
    if (this.#outerOlder.has(olderId) && this.#outerNewer.has(newerId)) return { kind: 'pairs', pairs: [] };
    const older = this.#older[olderId];
    const newer = this.#newer[newerId];
    if (older === undefined || newer === undefined) return { kind: 'differs' };
    if (isText(older, this.#older) && isText(newer, this.#newer)) return { kind: 'pairs', pairs: [] };
    if (older.kind === 'variant' && newer.kind === 'variant') return compareVariants(older.variants, newer.variants);
    if (older.kind === 'array' && newer.kind === 'array' && older.length === newer.length) {
      return { kind: 'pairs', pairs: [{ older: older.item, newer: newer.item, step: '[]' }] };
    }
    if (older.kind === 'sequence' && newer.kind === 'sequence') {
      return { kind: 'pairs', pairs: [{ older: older.item, newer: newer.item, step: '[]' }] };
    }
    if (older.kind === 'compact' && newer.kind === 'compact') return this.#compareCompacts(older.item, newer.item);
    if (older.kind === 'bits' && newer.kind === 'bits') {
      const order = { older: older.order, newer: newer.order, step: '' };
      const isSameOrder = this.#older[older.order]?.path.at(-1) === this.#newer[newer.order]?.path.at(-1);
      return isSameOrder
        ? { kind: 'pairs', pairs: [{ ...order, older: older.store, newer: newer.store }] }
        : { kind: 'differs' };
    }
    const isSame = older.kind === 'primitive' && newer.kind === 'primitive' && older.primitive === newer.primitive;
    return isSame ? { kind: 'pairs', pairs: [] } : { kind: 'differs' };
  }

  /** A compact number takes as many bytes as its value needs, whatever its type is. */
  #compareCompacts(older: TypeId, newer: TypeId): Step {
    const was = bitsOf(this.#older, older);
    const now = bitsOf(this.#newer, newer);
    if (was === undefined || now === undefined) return { kind: 'pairs', pairs: [{ older, newer, step: '' }] };
    return was > now ? { kind: 'differs' } : { kind: 'pairs', pairs: [], isExtended: was < now };
  }
}

function compareVariants(older: readonly PalletVariant[], newer: readonly PalletVariant[]): Step {
  const byIndex = new Map(newer.map((variant) => [variant.index, variant]));
  const pairs: Omit<Pair, 'parent'>[] = [];
  for (const was of older) {
    const now = byIndex.get(was.index);
    const label = `variant ${was.index} ${was.name}`;
    if (now === undefined) return { kind: 'differs', was: label, now: 'none' };
    const isRenamed = was.name !== now.name && newer.some(({ name }) => name === was.name);
    if (isRenamed || was.fields.length !== now.fields.length) {
      return {
        kind: 'differs',
        was: `${label} (${count(was)})`,
        now: `variant ${now.index} ${now.name} (${count(now)})`,
      };
    }
    pairs.push(...pairFields(was.fields, now.fields, `::${was.name}`));
  }
  return { kind: 'pairs', pairs, isExtended: newer.length > older.length };
}

function count({ fields }: PalletVariant): string {
  return `${fields.length} ${fields.length === 1 ? 'field' : 'fields'}`;
}

/** Of lists of the same length. */
function pairFields(older: readonly Field[], newer: readonly Field[], front = ''): Omit<Pair, 'parent'>[] {
  return older.flatMap((field, at) => {
    const now = newer[at];
    if (now === undefined) return [];
    return [{ older: field.type, newer: now.type, step: `${front}.${field.name ?? at}` }];
  });
}

/** The fields of a struct or tuple, in place of itself, and so on inward: that is how it encodes. */
function parts(types: readonly MetadataType[], id: TypeId): Field[] {
  const found: Field[] = [];
  const open: Field[] = [{ type: id }];
  let opened = 0;
  for (let field = open.pop(); field !== undefined; field = open.pop()) {
    const inner = opened < MAX_PARTS ? fieldsOf(types[field.type]) : undefined;
    if (inner === undefined) {
      found.push(field);
      continue;
    }
    opened += 1;
    const [only, other] = inner;
    const { name } = field;
    // A struct of one field is named as the field that holds it.
    if (only && !other) open.push(name === undefined ? only : { name, type: only.type });
    else for (const part of inner.toReversed()) open.push(part);
  }
  return found;
}

function fieldsOf(type: MetadataType | undefined): readonly Field[] | undefined {
  if (type?.kind === 'composite') return type.fields;
  return type?.kind === 'tuple' ? type.items.map((item) => ({ type: item })) : undefined;
}

/** A text is a list of bytes. */
function isText(type: MetadataType, types: readonly MetadataType[]): boolean {
  if (type.kind === 'primitive') return type.primitive === 'str';
  const item = type.kind === 'sequence' ? types[type.item] : undefined;
  return item?.kind === 'primitive' && item.primitive === 'u8';
}

/** Of an unsigned number, or of a struct around one. */
function bitsOf(types: readonly MetadataType[], id: TypeId): number | undefined {
  const [part, other] = parts(types, id);
  const type = part && types[part.type];
  if (other !== undefined || type?.kind !== 'primitive' || !/^u\d+$/.test(type.primitive)) return undefined;
  return Number(type.primitive.slice(1));
}

/** The enums that `construct_runtime` makes, such as `RuntimeCall`: each variant has the name of a pallet. */
function outerEnums({ types, pallets }: RuntimeMetadata): ReadonlySet<TypeId> {
  // The origin has the variant `system`, and once had `Void`.
  const names = new Set([...pallets.map(({ name }) => name), 'system', 'Void']);
  const isOuter = (type: MetadataType) =>
    type.kind === 'variant' &&
    type.path.length === 2 &&
    type.variants.length > 0 &&
    type.variants.every(({ name }) => names.has(name));
  return new Set(types.flatMap((type, id) => (isOuter(type) ? [id] : [])));
}

function placeOf(pair: Pair): string {
  const steps: string[] = [];
  for (let at: Pair | undefined = pair; at !== undefined; at = at.parent) if (at.step !== '') steps.push(at.step);
  const shown = steps.toReversed();
  return (shown.length > MAX_PLACE ? [...shown.slice(0, MAX_PLACE), '…'] : shown).join('');
}
