/** The pallets and the crates of the team's own that a module has code of, or code made for. */
import { isOwnCrate, isPallet } from '../symbols/crate-kind.ts';
import { runtimeCrateOf } from '../symbols/runtime-crate.ts';
import type { FunctionSymbol } from '../symbols/symbols.ts';
import { purposeOf } from './purposes.ts';

export interface Owner {
  readonly name: string;
  readonly kind: 'pallet' | 'crate';
}

/** Where names and calls don't tell. */
export const UNOWNED = -1;

/** Gives each owner a place. */
export class OwnerTable {
  readonly owners: Owner[] = [];
  readonly #places = new Map<string, number>();
  readonly #runtimeCrate: string | undefined;

  constructor(symbols: readonly FunctionSymbol[]) {
    this.#runtimeCrate = runtimeCrateOf(symbols);
  }

  /** The place of the runtime's own crate. */
  get runtime(): number {
    return this.#runtimeCrate === undefined ? UNOWNED : this.#place(this.#runtimeCrate);
  }

  /** A pallet is more telling than the team's crates, and those more than the runtime itself, which most types mention. */
  byName({ crate, mentions }: FunctionSymbol): number {
    const own = crate === undefined ? UNOWNED : this.#place(crate);
    if (own !== UNOWNED) return own;
    let best = UNOWNED;
    for (const mention of mentions) {
      const place = this.#place(mention);
      if (place === UNOWNED) continue;
      if (this.owners[place]?.kind === 'pallet') return place;
      if (best === UNOWNED || best === this.runtime) best = place;
    }
    return best;
  }

  /** Only a pallet that the module has code of can be what a library is for. */
  byPurpose(symbol: FunctionSymbol): number {
    const purpose = purposeOf(symbol);
    if (purpose === undefined) return UNOWNED;
    return purpose.kind === 'runtime' ? this.runtime : (this.#places.get(purpose.crate) ?? UNOWNED);
  }

  #place(crate: string): number {
    let place = this.#places.get(crate);
    if (place !== undefined) return place;
    const kind = isPallet(crate) ? 'pallet' : isOwnCrate(crate, this.#runtimeCrate) ? 'crate' : undefined;
    place = kind === undefined ? UNOWNED : this.owners.push({ name: crate, kind }) - 1;
    this.#places.set(crate, place);
    return place;
  }
}
