/** What changed from the metadata of one runtime to that of another, and what follows from it. */
import type {
  Field,
  MetadataApi,
  Pallet,
  PalletConstant,
  PalletVariant,
  RuntimeMetadata,
  StorageItem,
  TransactionExtension,
  TypeId,
} from './metadata.ts';
import type { MetadataChange, MetadataChangeClass, MetadataSubject } from './metadata-change.ts';
import { pairUp } from './pair-up.ts';
import { TypeComparison } from './type-comparison.ts';
import { typeText } from './type-text.ts';

/**
 * The classes follow FRAME's rule for `transaction_version` and those of subwasm's `diff` (crate substrate-differ), but by
 * what types encode instead of by their names. In the order of the newer pallets; removed ones come last.
 */
export function metadataChanges(older: RuntimeMetadata, newer: RuntimeMetadata): MetadataChange[] {
  return new MetadataDiff(older, newer).changes();
}

type VariantSubject = 'call' | 'event' | 'error';

class MetadataDiff {
  readonly #older: RuntimeMetadata;
  readonly #newer: RuntimeMetadata;
  readonly #types: TypeComparison;

  constructor(older: RuntimeMetadata, newer: RuntimeMetadata) {
    this.#older = older;
    this.#newer = newer;
    this.#types = new TypeComparison(older, newer);
  }

  changes(): MetadataChange[] {
    const isSamePlace = (was: Pallet, now: Pallet) => was.index === now.index && haveMuchInCommon(was, now);
    const { pairs, added, removed } = pairUp(this.#older.pallets, this.#newer.pallets, isSamePlace);
    return [
      ...pairs.flatMap(([was, now]) => this.#pallet(was, now)),
      ...added.map(({ name, index }) => change('added', 'pallet', name, 'compatible', { now: `index ${index}` })),
      ...removed.map(removedPallet),
      ...this.#extensions(),
      ...this.#apis(),
    ];
  }

  #pallet(was: Pallet, now: Pallet): MetadataChange[] {
    return [
      ...renamedPallet(was, now),
      ...movedPallet(was, now),
      ...this.#variants('call', now.name, was.calls, now.calls),
      ...this.#storage(was, now),
      ...this.#variants('event', now.name, was.events, now.events),
      ...this.#variants('error', now.name, was.errors, now.errors),
      ...this.#constants(was, now),
    ];
  }

  #variants(
    subject: VariantSubject,
    pallet: string,
    older: readonly PalletVariant[],
    newer: readonly PalletVariant[],
  ): MetadataChange[] {
    const lost = subject === 'call' ? 'needs-transaction-version' : 'breaks-clients';
    const isRenamed = (was: PalletVariant, now: PalletVariant) =>
      was.index === now.index && this.#isSameEncoding(was.fields, now.fields);
    const { pairs, added, removed } = pairUp(older, newer, isRenamed);
    return [
      ...pairs.flatMap(([was, now]) => {
        const path = `${pallet}.${now.name}`;
        const names = { was: was.name, now: now.name };
        const indices = { was: `index ${was.index}`, now: `index ${now.index}` };
        return [
          ...(was.name === now.name ? [] : [change('renamed', subject, path, 'breaks-clients', names)]),
          ...(was.index === now.index ? [] : [change('moved', subject, path, lost, indices)]),
          ...this.#fields(subject === 'call' ? 'argument' : subject, path, was.fields, now.fields, lost),
        ];
      }),
      ...added.map(({ name, index }) =>
        change('added', subject, `${pallet}.${name}`, 'compatible', { now: `index ${index}` }),
      ),
      ...removed.map(({ name, index }) =>
        change('removed', subject, `${pallet}.${name}`, lost, { was: `index ${index}` }),
      ),
    ];
  }

  /** @param lost the class when old values no longer decode */
  #fields(
    subject: MetadataSubject,
    path: string,
    older: readonly Field[],
    newer: readonly Field[],
    lost: MetadataChangeClass,
  ): MetadataChange[] {
    if (older.length !== newer.length || isReordered(older, newer)) {
      const was = this.#fieldsText(this.#older, older);
      return [change('retyped', subject, path, lost, { was, now: this.#fieldsText(this.#newer, newer) })];
    }
    return older.flatMap((was, at) => {
      const now = newer[at];
      if (now === undefined) return [];
      const place = `${path}.${now.name ?? at}`;
      const names = { was: was.name ?? `${at}`, now: now.name ?? `${at}` };
      return [
        ...(was.name === now.name ? [] : [change('renamed', subject, place, 'breaks-clients', names)]),
        ...this.#type(subject, place, was.type, now.type, lost),
      ];
    });
  }

  #type(
    subject: MetadataSubject,
    path: string,
    older: TypeId,
    newer: TypeId,
    lost: MetadataChangeClass,
    what = '',
  ): MetadataChange[] {
    const difference = this.#types.compare(older, newer);
    if (difference.kind === 'same') return [];
    const texts = { was: typeText(this.#older.types, older), now: typeText(this.#newer.types, newer) };
    const at = difference.at === '' ? '' : ` at ${difference.at}`;
    if (difference.kind === 'extended') {
      const now = `${what}${texts.now} with more variants${at}`;
      return [change('extended', subject, path, 'compatible', { was: what + texts.was, now })];
    }
    // Two types of the same name differ inside.
    const inner = (text: string) => (texts.was === texts.now ? `${text} (${at.trimStart()}: ` : '');
    if (texts.was !== texts.now || at === '') {
      return [change('retyped', subject, path, lost, { was: what + texts.was, now: what + texts.now })];
    }
    const was = `${what}${inner(texts.was)}${difference.was})`;
    return [change('retyped', subject, path, lost, { was, now: `${what}${inner(texts.now)}${difference.now})` })];
  }

  #storage(older: Pallet, newer: Pallet): MetadataChange[] {
    const { pairs, added, removed } = pairUp(older.storage, newer.storage);
    return [
      ...pairs.flatMap(([was, now]) => this.#storageItem(`${newer.name}.${now.name}`, was, now)),
      ...added.map((item) =>
        change('added', 'storage', `${newer.name}.${item.name}`, 'compatible', {
          now: typeText(this.#newer.types, item.value),
        }),
      ),
      ...removed.map((item) =>
        change('removed', 'storage', `${newer.name}.${item.name}`, 'breaks-clients', {
          was: typeText(this.#older.types, item.value),
        }),
      ),
    ];
  }

  #storageItem(path: string, was: StorageItem, now: StorageItem): MetadataChange[] {
    const hashers = { was: hashersText(was), now: hashersText(now) };
    const modifiers = { was: was.modifier, now: now.modifier };
    return [
      ...(hashers.was === hashers.now ? [] : [change('retyped', 'storage', path, 'needs-migration', hashers)]),
      ...(was.key === undefined || now.key === undefined
        ? []
        : this.#type('storage', path, was.key, now.key, 'needs-migration', 'key ')),
      ...this.#type('storage', path, was.value, now.value, 'needs-migration'),
      ...(was.modifier === now.modifier ? [] : [change('changed', 'storage', path, 'breaks-clients', modifiers)]),
    ];
  }

  #constants(older: Pallet, newer: Pallet): MetadataChange[] {
    const { pairs, added, removed } = pairUp(older.constants, newer.constants);
    const path = ({ name }: PalletConstant) => `${newer.name}.${name}`;
    return [
      ...pairs.flatMap(([was, now]) => {
        const retyped = this.#type('constant', path(now), was.type, now.type, 'breaks-clients');
        // The version changes with every release.
        const isChanged = retyped.length === 0 && was.value !== now.value && path(now) !== 'System.Version';
        const values = { was: valueText(was), now: valueText(now) };
        return isChanged ? [change('changed', 'constant', path(now), 'compatible', values)] : retyped;
      }),
      ...added.map((item) => change('added', 'constant', path(item), 'compatible', { now: valueText(item) })),
      ...removed.map((item) => change('removed', 'constant', path(item), 'breaks-clients', { was: valueText(item) })),
    ];
  }

  #extensions(): MetadataChange[] {
    const lost = 'needs-transaction-version';
    const named = (list: readonly TransactionExtension[]) => list.map((item) => ({ ...item, name: item.identifier }));
    const { pairs, added, removed } = pairUp(named(this.#older.extensions), named(this.#newer.extensions));
    const place = ({ name }: { name: string }, list: readonly TransactionExtension[]) =>
      list
        .filter(({ identifier }) => pairs.some(([was]) => was.name === identifier))
        .findIndex((item) => item.identifier === name);
    return [
      ...pairs.flatMap(([was, now]) => {
        const places = { was: place(was, this.#older.extensions), now: place(now, this.#newer.extensions) };
        const words = { was: `place ${places.was + 1}`, now: `place ${places.now + 1}` };
        return [
          ...(places.was === places.now ? [] : [change('moved', 'extension', now.name, lost, words)]),
          ...this.#type('extension', now.name, was.type, now.type, lost),
          ...this.#type('extension', now.name, was.additionalSigned, now.additionalSigned, lost, 'additional signed '),
        ];
      }),
      ...added.map((item) =>
        change('added', 'extension', item.name, lost, { now: this.#extensionText(this.#newer, item) }),
      ),
      ...removed.map((item) =>
        change('removed', 'extension', item.name, lost, { was: this.#extensionText(this.#older, item) }),
      ),
    ];
  }

  /** Version 14 describes no runtime APIs. */
  #apis(): MetadataChange[] {
    if (this.#older.version === 14 || this.#newer.version === 14) return [];
    const { pairs, added, removed } = pairUp(this.#older.apis, this.#newer.apis);
    return [
      ...pairs.flatMap(([was, now]) => this.#api(was, now)),
      ...added.map(({ name, version }) => change('added', 'api', name, 'compatible', { now: versionText(version) })),
      ...removed.map(({ name, version }) =>
        change('removed', 'api', name, 'breaks-clients', { was: versionText(version) }),
      ),
    ];
  }

  #api(older: MetadataApi, newer: MetadataApi): MetadataChange[] {
    const { pairs, added, removed } = pairUp(older.methods, newer.methods);
    const path = ({ name }: { name: string }) => `${newer.name}.${name}`;
    const versions = { was: versionText(older.version), now: versionText(newer.version) };
    const isChanged = older.version !== undefined && newer.version !== undefined && older.version !== newer.version;
    return [
      ...(isChanged ? [change('changed', 'api', newer.name, 'compatible', versions)] : []),
      ...pairs.flatMap(([was, now]) => [
        ...this.#fields('method', path(now), was.inputs, now.inputs, 'breaks-clients'),
        ...this.#type('method', path(now), was.output, now.output, 'breaks-clients', 'returns '),
      ]),
      ...added.map((method) => change('added', 'method', path(method), 'compatible')),
      ...removed.map((method) => change('removed', 'method', path(method), 'breaks-clients')),
    ];
  }

  #isSameEncoding(older: readonly Field[], newer: readonly Field[]): boolean {
    if (older.length !== newer.length) return false;
    return older.every((was, at) => {
      const now = newer[at];
      return now !== undefined && this.#types.compare(was.type, now.type).kind !== 'differs';
    });
  }

  #fieldsText({ types }: RuntimeMetadata, fields: readonly Field[]): string {
    return `(${fields.map(({ name, type }) => `${name === undefined ? '' : `${name}: `}${typeText(types, type)}`).join(', ')})`;
  }

  #extensionText({ types }: RuntimeMetadata, { type, additionalSigned }: TransactionExtension): string {
    return `${typeText(types, type)}, additional signed ${typeText(types, additionalSigned)}`;
  }
}

function change(
  kind: MetadataChange['kind'],
  subject: MetadataSubject,
  path: string,
  changeClass: MetadataChangeClass,
  texts: Pick<MetadataChange, 'was' | 'now'> = {},
): MetadataChange {
  return { kind, subject, path, ...texts, class: changeClass };
}

function renamedPallet(was: Pallet, now: Pallet): MetadataChange[] {
  if (was.name === now.name && was.storagePrefix === now.storagePrefix) return [];
  const isMoved = was.storagePrefix !== now.storagePrefix && was.storage.length > 0;
  const names = was.name === now.name ? prefixes(was, now) : { was: was.name, now: now.name };
  return [change('renamed', 'pallet', now.name, isMoved ? 'needs-migration' : 'breaks-clients', names)];
}

function prefixes(was: Pallet, now: Pallet): Pick<MetadataChange, 'was' | 'now'> {
  return { was: `storage prefix ${was.storagePrefix ?? 'none'}`, now: `storage prefix ${now.storagePrefix ?? 'none'}` };
}

function movedPallet(was: Pallet, now: Pallet): MetadataChange[] {
  if (was.index === now.index) return [];
  const lost = was.calls.length > 0 ? 'needs-transaction-version' : 'breaks-clients';
  return [change('moved', 'pallet', now.name, lost, { was: `index ${was.index}`, now: `index ${now.index}` })];
}

function removedPallet({ name, index, calls }: Pallet): MetadataChange {
  const lost = calls.length > 0 ? 'needs-transaction-version' : 'breaks-clients';
  return change('removed', 'pallet', name, lost, { was: `index ${index}` });
}

/** Is it the same pallet under another name? */
function haveMuchInCommon(was: Pallet, now: Pallet): boolean {
  const names = (pallet: Pallet) => [...pallet.calls, ...pallet.storage, ...pallet.errors].map(({ name }) => name);
  const older = new Set(names(was));
  const shared = names(now).filter((name) => older.has(name)).length;
  return shared > 0 && shared * 2 >= Math.max(older.size, names(now).length);
}

/** The same names in another order. */
function isReordered(older: readonly Field[], newer: readonly Field[]): boolean {
  const names = (fields: readonly Field[]) => fields.map(({ name }) => name ?? '');
  const [was, now] = [names(older), names(newer)];
  return was.join() !== now.join() && was.toSorted().join() === now.toSorted().join();
}

function hashersText({ hashers }: StorageItem): string {
  return hashers.length === 0 ? 'a single value' : `a map by ${hashers.join(', ')}`;
}

const MAX_HEX = 66;

function valueText({ value }: PalletConstant): string {
  return value.length > MAX_HEX ? `${value.slice(0, MAX_HEX)}…` : value;
}

function versionText(version: number | undefined): string {
  return version === undefined ? 'no version' : `version ${version}`;
}
