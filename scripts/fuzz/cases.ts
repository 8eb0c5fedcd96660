/** One case of a run: the same seed, number and originals give the same bytes. */
import { mutated } from './mutate.ts';
import { loadOriginals, type Original, type Originals, pickOriginal } from './originals.ts';
import { Random } from './random.ts';

export interface Case {
  readonly original: Original;
  readonly content: Uint8Array;
  /** For everything else that is chosen. */
  readonly random: Random;
}

export class Cases {
  readonly #seed: number;
  readonly #originals: Originals;

  private constructor(seed: number, originals: Originals) {
    this.#seed = seed;
    this.#originals = originals;
  }

  static async load(seed: number, corpus: string): Promise<Cases> {
    return new Cases(seed, await loadOriginals(new Random(seed), corpus));
  }

  /** @param number from 1 on */
  at(number: number): Case {
    const random = new Random(this.#seed, number);
    const original = pickOriginal(this.#originals, random);
    return { original, content: mutated(original.bytes, random), random };
  }
}
