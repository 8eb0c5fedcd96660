/** What a function of Rust is called and where its code is from, out of the fields that the demangler gives. */
import { crateRank } from './crate-kind.ts';
import type { DemangledName } from './demangler.ts';

const COMMON = 'frame_system';

export interface RustSymbol {
  readonly crate?: string;
  readonly path: readonly string[];
  readonly item: string;
  readonly mentions: readonly string[];
}

/** `a::b::C::d`, with or without type arguments. @param home the crate of the code, where a v0 symbol tells it; else empty */
export function symbolOfPath(parts: DemangledName, home: string): RustSymbol {
  const part = (index: number) => parts[index] ?? '';
  return { crate: home || part(0), path: namesIn(part(1)), item: part(2), mentions: crateNames(part(3)) };
}

/** `<Self as Trait>::d`, `<Self>::d`, `a::b::<impl Trait for Self>::d` or `a::b::<impl Self>::d`. */
export function symbolOfImpl(parts: DemangledName, home: string): RustSymbol {
  // Destructuring takes several times as long, and this runs for most names of a runtime.
  const part = (index: number) => parts[index] ?? '';
  const self = { crate: part(2), modules: part(3), withPath: part(4), name: part(5) };
  const trait = { crate: part(6), modules: part(7), name: part(8) };
  const crate = home || part(0) || crateOfImpl(self.crate, trait.crate, part(11));
  const modules = part(1) || (crate === self.crate ? self.modules : crate === trait.crate ? trait.modules : '');
  const owner = ownerName(crate === self.crate ? self.name : self.withPath, trait.name);
  return {
    ...(crate !== '' && { crate }),
    path: namesIn(modules),
    item: part(9) === '' ? owner : `${owner}::${part(9)}`,
    mentions: crateNames(part(10)),
  };
}

function ownerName(type: string, trait: string): string {
  if (trait !== '') return `<${type} as ${trait}>`;
  const isPath = !/[^\w:\u0080-\uffff]/.test(type);
  return isPath ? type : `<${type}>`;
}

/**
 * An `impl` may be in the crate of its type or of its trait. It is where both are known, so in the crate that is further
 * from Rust's own: `core` knows no other crate, and no published crate one of the team's own. Else the type decides.
 * Legacy symbols write the types of an `impl` as its source does, so a type in the trait's arguments counts
 * when neither does (`<u64 as core::convert::From<pallet::Weight>>`).
 */
function crateOfImpl(self: string, trait: string, inTrait: string): string {
  const isOfTrait = self === '' || (trait !== '' && crateRank(trait) > crateRank(self));
  const ofBoth = isOfTrait ? trait : self;
  if (ofBoth === '' || crateRank(ofBoth) > 0) return ofBoth;
  return crateNames(inTrait).reduce((best, crate) => (crateRank(crate) > crateRank(best) ? crate : best), ofBoth);
}

function namesIn(path: string): readonly string[] {
  return path === '' ? [] : path.split('::');
}

/** `frame_system` comes last: it is in every pallet's bounds, and tells the least about what code was made for. */
function crateNames(list: string): readonly string[] {
  if (list === '') return [];
  const crates = list.split(' ');
  if (!crates.includes(COMMON)) return crates;
  return [...crates.filter((crate) => crate !== COMMON), COMMON];
}
