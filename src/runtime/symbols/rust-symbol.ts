/** Divides the demangled name of a Rust function into crate, modules and item. */
import { indexOutsideBrackets, segmentsOf } from './brackets.ts';
import { crateRank } from './crate-kind.ts';
import { addCratesIn } from './mentions.ts';
import { type NamedPath, namedPath, namesOf, pathOf, qualifiedParts, shortTrait, shortType } from './rust-types.ts';

export interface RustSymbol {
  readonly crate?: string;
  readonly path: readonly string[];
  readonly item: string;
  readonly mentions: readonly string[];
}

/**
 * Undefined where the text is no path.
 * @param text without hash
 * @param home the crate of the code where the symbol itself says so
 */
export function parseRustSymbol(text: string, home: string | undefined): RustSymbol | undefined {
  if (text.startsWith('<') && !text.startsWith('<impl ')) return ofQualified(text, home);
  const segments = segmentsOf(text);
  const implAt = segments.findIndex((segment) => segment.startsWith('<impl '));
  return implAt < 0 ? ofPath(segments, home) : ofImpl(segments, implAt, home);
}

/** `a::b::C::d`, with or without type arguments. */
function ofPath(segments: readonly string[], home: string | undefined): RustSymbol | undefined {
  const path = pathOf(segments);
  if (path === undefined) return undefined;
  const mentions = new Set<string>();
  for (const segment of segments) if (segment.includes('<')) addCratesIn(segment, mentions);
  return { crate: home ?? path.crate, path: path.modules, item: path.name, mentions: [...mentions] };
}

/** `<Self as Trait>::d` or `<Self>::d`. */
function ofQualified(text: string, home: string | undefined): RustSymbol {
  const { self, trait, rest } = qualifiedParts(text);
  const selfPath = namedPath(self);
  const traitPath = trait === undefined ? undefined : namedPath(trait);
  const crate = home ?? crateOfImpl(selfPath, traitPath, trait);
  const from = [selfPath, traitPath].find((path) => path !== undefined && path.crate === crate);
  return {
    ...(crate !== undefined && { crate }),
    path: from?.modules ?? [],
    item: itemOf(self, trait, segmentsOf(rest), crate),
    mentions: mentionsOf(self, rest, trait),
  };
}

/** `a::b::<impl Trait for Self>::d` or `a::b::<impl Self>::d`: the code is where the path says. */
function ofImpl(segments: readonly string[], implAt: number, home: string | undefined): RustSymbol {
  const [crate = home, ...modules] = namesOf(segments.slice(0, implAt));
  const inside = (segments[implAt] ?? '').slice('<impl '.length, -1);
  const at = indexOutsideBrackets(inside, ' for ');
  const self = at < 0 ? inside : inside.slice(at + ' for '.length);
  const trait = at < 0 ? undefined : inside.slice(0, at);
  const rest = segments.slice(implAt + 1);
  const found =
    home ?? crate ?? crateOfImpl(namedPath(self), trait === undefined ? undefined : namedPath(trait), trait);
  return {
    ...(found !== undefined && { crate: found }),
    path: modules,
    item: itemOf(self, trait, rest, found),
    mentions: mentionsOf(self, rest.join('::'), trait),
  };
}

/**
 * An `impl` may be in the crate of its type or of its trait. It is where both are known, so in the crate that is further
 * from Rust's own: `core` knows no other crate, and no published crate one of the team's own. Else the type decides.
 * Legacy symbols write the types of an `impl` as its source does, so a type in the trait's arguments counts
 * when neither does (`<u64 as core::convert::From<pallet::Weight>>`).
 */
function crateOfImpl(self: NamedPath | undefined, trait: NamedPath | undefined, traitText = ''): string | undefined {
  const candidates = [self, trait].filter((path) => path !== undefined).map(({ crate }) => crate);
  const inArguments = new Set<string>();
  if (candidates.length > 0 && candidates.every((crate) => crateRank(crate) === 0)) addCratesIn(traitText, inArguments);
  let best: string | undefined;
  for (const crate of [...candidates, ...inArguments]) {
    if (best === undefined || crateRank(crate) > crateRank(best)) best = crate;
  }
  return best;
}

function itemOf(self: string, trait: string | undefined, rest: readonly string[], crate: string | undefined): string {
  const of = shortType(self, crate);
  const isPath = /^[\p{L}_][\p{L}\p{N}_:]*$/u.test(of);
  const names = namesOf(rest);
  const owner = trait === undefined ? (isPath ? of : `<${of}>`) : `<${of} as ${shortTrait(trait)}>`;
  return [owner, ...names].join('::');
}

/** The type for which the code was made comes first, then the arguments of the function, then the trait. */
function mentionsOf(self: string, rest: string, trait: string | undefined): readonly string[] {
  const crates = new Set<string>();
  addCratesIn(self, crates);
  if (rest.includes('<'))
    for (const segment of segmentsOf(rest)) if (segment.includes('<')) addCratesIn(segment, crates);
  if (trait !== undefined) addCratesIn(trait, crates);
  return [...crates];
}
