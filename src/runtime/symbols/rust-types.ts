/** What a type or trait in a symbol is called, and from which crate it is. */
import { closingBracket, indexOutsideBrackets, segmentsOf } from './brackets.ts';

/** A path without type arguments: `alloc::vec::Vec` has the crate `alloc`, the modules `vec` and the name `Vec`. */
export interface NamedPath {
  readonly crate: string;
  readonly modules: readonly string[];
  /** Joined with `::` where there are several, as in `Handle::insert`. */
  readonly name: string;
}

/** Deeper parts of a type are not looked at. */
const MAX_DEPTH = 8;
const MAX_NAME_CHARACTERS = 200;
const prefixes = /^(?:&|\*const |\*mut |mut |dyn |impl |'\w+ |for<[^<>]*> )+/;
const identifier = /^[\p{L}_][\p{L}\p{N}_]*$/u;

/**
 * The path that a type begins with, behind references and pointers; of an associated type that of its self type.
 * Undefined for a type parameter, a primitive type, a tuple, a slice, or a function.
 */
export function namedPath(type: string, depth = 0): NamedPath | undefined {
  const bare = type.replace(prefixes, '');
  if (bare.startsWith('<') && depth < MAX_DEPTH) return namedPath(qualifiedParts(bare).self, depth + 1);
  return pathOf(segmentsOf(bare));
}

/** Undefined unless the first segment is a crate. Type arguments and what stands for an anonymous block are left out. */
export function pathOf(segments: readonly string[]): NamedPath | undefined {
  const [crate = '', ...names] = segments.map(withoutArguments).filter((name) => name !== '' && name !== '_');
  if (names.length === 0 || !identifier.test(crate)) return undefined;
  const itemAt = startOfItem(names);
  return { crate, modules: names.slice(0, itemAt), name: limited(names.slice(itemAt).join('::')) };
}

/** A type or trait begins with a capital; a closure belongs to the function before it; else the last name is the item. */
function startOfItem(names: readonly string[]): number {
  const at = names.findIndex((name) => /^[\p{Lu}{]/u.test(name));
  if (at < 0) return names.length - 1;
  return names[at]?.startsWith('{') === true ? Math.max(0, at - 1) : at;
}

/** The parts of `<Self as Trait>::rest`. */
export function qualifiedParts(text: string): { self: string; trait?: string; rest: string } {
  const end = closingBracket(text, 0);
  const inside = text.slice(1, end);
  const rest = text.slice(end + 3);
  const at = indexOutsideBrackets(inside, ' as ');
  return at < 0 ? { self: inside, rest } : { self: inside.slice(0, at), trait: inside.slice(at + 4), rest };
}

/** The short name of a type for the name of an item: without type arguments, and without the path where it is from `home`. */
export function shortType(type: string, home: string | undefined, depth = 0): string {
  if (depth >= MAX_DEPTH) return '…';
  const prefix = prefixes.exec(type)?.[0] ?? '';
  const bare = type.slice(prefix.length);
  return limited(prefix.replace(/'\w+ |for<[^<>]*> /g, '') + shortBareType(bare, home, depth + 1));
}

function shortBareType(type: string, home: string | undefined, depth: number): string {
  if (type.startsWith('(')) return type === '()' ? type : '(…)';
  if (type.startsWith('[')) {
    const end = closingBracket(type, 0);
    const length = indexOutsideBrackets(type.slice(1, end), ';');
    const of = shortType(type.slice(1, length < 0 ? end : length + 1), home, depth);
    return length < 0 ? `[${of}]` : `[${of}; _]`;
  }
  if (type.startsWith('<')) {
    const { self, trait, rest } = qualifiedParts(type);
    const of = shortType(self, home, depth);
    return `${trait === undefined ? of : `<${of} as ${shortTrait(trait)}>`}::${namesOf(segmentsOf(rest)).join('::')}`;
  }
  const callable = /^(?:unsafe )?(?:extern "[^"]*" )?fn\(/.exec(type);
  if (callable) return 'fn(…)';
  const path = pathOf(segmentsOf(type));
  if (path === undefined) return withoutArguments(type);
  return path.crate === home ? path.name : [path.crate, ...path.modules, path.name].join('::');
}

export function shortTrait(trait: string): string {
  return namedPath(trait)?.name ?? limited(withoutArguments(trait));
}

/** The names of an item inside a type or trait: without type arguments, and closures without their numbers. */
export function namesOf(segments: readonly string[]): readonly string[] {
  return segments.map(withoutArguments).filter((name) => name !== '' && name !== '_');
}

/** `Vec<T>` is `Vec`, `<T>` is nothing, and both forms of a closure are `{closure}`. */
function withoutArguments(segment: string): string {
  const at = segment.search(/[<{]/);
  if (at < 0) return segment;
  if (segment[at] === '<') return segment.slice(0, at);
  // `call_once{{vtable.shim}}`: the same code as the function, for a call by pointer.
  if (at > 0) return segment.slice(0, at);
  return `{${/^\{+([a-z:.]*)/.exec(segment)?.[1] ?? ''}}`.replace(/[:.]\}$/, '}');
}

function limited(name: string): string {
  return name.length > MAX_NAME_CHARACTERS ? `${name.slice(0, MAX_NAME_CHARACTERS)}…` : name;
}
