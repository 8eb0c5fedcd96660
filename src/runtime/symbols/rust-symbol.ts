/** What a function of Rust is called and where its code is from, out of the fields that the demangler gives. */
import { crateRank } from './crate-kind.ts';

export interface RustSymbol {
  readonly crate?: string;
  readonly path: readonly string[];
  readonly item: string;
  readonly mentions: readonly string[];
}

/** `a::b::C::d`, with or without type arguments. @param home the crate of the code, where a v0 symbol tells it; else empty */
export function symbolOfPath(parts: readonly string[], home: string): RustSymbol {
  const [crate = '', modules = '', item = '', mentions = ''] = parts;
  return { crate: home || crate, path: namesIn(modules), item, mentions: crateNames(mentions) };
}

/** `<Self as Trait>::d`, `<Self>::d`, `a::b::<impl Trait for Self>::d` or `a::b::<impl Self>::d`. */
export function symbolOfImpl(parts: readonly string[], home: string): RustSymbol {
  const [before = '', modules = '', selfCrate = '', selfModules = '', selfWithPath = '', selfName = ''] = parts;
  const [traitCrate = '', traitModules = '', traitName = '', rest = '', inSelf = '', inTrait = ''] = parts.slice(6);
  const crate = home || before || crateOfImpl(selfCrate, traitCrate, inTrait);
  const ofSelf = crate === selfCrate ? selfName : selfWithPath;
  const owner = traitName !== '' ? `<${ofSelf} as ${traitName}>` : isPath(ofSelf) ? ofSelf : `<${ofSelf}>`;
  return {
    ...(crate !== '' && { crate }),
    path: namesIn(modules || (crate === selfCrate ? selfModules : crate === traitCrate ? traitModules : '')),
    item: rest === '' ? owner : `${owner}::${rest}`,
    mentions: [...new Set([...crateNames(inSelf), ...crateNames(inTrait)])],
  };
}

/**
 * An `impl` may be in the crate of its type or of its trait. It is where both are known, so in the crate that is further
 * from Rust's own: `core` knows no other crate, and no published crate one of the team's own. Else the type decides.
 * Legacy symbols write the types of an `impl` as its source does, so a type in the trait's arguments counts
 * when neither does (`<u64 as core::convert::From<pallet::Weight>>`).
 */
function crateOfImpl(self: string, trait: string, inTrait: string): string {
  const candidates = [self, trait].filter((crate) => crate !== '');
  if (candidates.length > 0 && candidates.every((crate) => crateRank(crate) === 0))
    candidates.push(...crateNames(inTrait));
  return candidates.reduce((best, crate) => (best === '' || crateRank(crate) > crateRank(best) ? crate : best), '');
}

function isPath(type: string): boolean {
  return !/[^\w:\u0080-\uffff]/.test(type);
}

function namesIn(path: string): readonly string[] {
  return path === '' ? [] : path.split('::');
}

function crateNames(list: string): readonly string[] {
  return list === '' ? [] : list.split(' ');
}
