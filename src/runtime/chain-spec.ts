/** Finds the runtime code in a chain spec. Supports every format seen in use, from the first raw specs to `runtimeGenesis`. */

import { beginsLikeBlob } from './magic.ts';

export type SpecCode =
  /** `at`: the path of the code in the JSON. */
  | { readonly kind: 'code'; readonly hex: string; readonly at: string }
  /** `holds`: what the genesis contains instead, as a clause. */
  | { readonly kind: 'no-code'; readonly holds: string }
  | { readonly kind: 'unknown-substitute'; readonly known: readonly string[] }
  | { readonly kind: 'not-a-spec' };

type JsonObject = Readonly<Record<string, unknown>>;
export type FoundCode = Extract<SpecCode, { kind: 'code' }>;

/** Storage key of the runtime: `:code`. */
const CODE_KEY = '0x3a636f6465';

/** @param block key in `codeSubstitutes`. Absent: the genesis code, or the substitute of the highest block. */
export function findCode(spec: unknown, block?: string): SpecCode {
  if (!isObject(spec)) return { kind: 'not-a-spec' };
  const substitutes = substitutesOf(spec);
  if (block !== undefined) {
    const found = substitutes.find(([key]) => key === block);
    return found ? substitute(found) : { kind: 'unknown-substitute', known: substitutes.map(([key]) => key) };
  }
  const genesis = spec['genesis'];
  const newest = substitutes.at(-1);
  const code = isObject(genesis) ? genesisCode(genesis) : undefined;
  if (code) return code;
  if (newest) return substitute(newest);
  return isObject(genesis) ? { kind: 'no-code', holds: describeGenesis(genesis) } : { kind: 'not-a-spec' };
}

/** The genesis code, then the substitutes in the order of their blocks. `block` is the key in `codeSubstitutes`. */
export function codesOf(spec: unknown): readonly (FoundCode & { readonly block?: string })[] {
  if (!isObject(spec)) return [];
  const { genesis } = spec;
  const code = isObject(genesis) ? genesisCode(genesis) : undefined;
  return [...(code ? [code] : []), ...substitutesOf(spec).map((entry) => ({ block: entry[0], ...substitute(entry) }))];
}

function genesisCode(genesis: JsonObject): FoundCode | undefined {
  const { raw, runtimeGenesis, runtime } = genesis;
  // Before 2020 `raw` was an array: the top storage, then the child tries.
  const fromArray = Array.isArray(raw) ? codeIn(raw[0], CODE_KEY, 'genesis.raw[0]') : undefined;
  const fromTop = isObject(raw) ? codeIn(raw['top'], CODE_KEY, 'genesis.raw.top') : undefined;
  return fromTop ?? fromArray ?? codeIn(runtimeGenesis, 'code', 'genesis.runtimeGenesis') ?? runtimeCode(runtime);
}

function codeIn(object: unknown, key: string, at: string): FoundCode | undefined {
  const hex = isObject(object) ? object[key] : undefined;
  return typeof hex === 'string' ? { kind: 'code', hex, at: `${at}.${key}` } : undefined;
}

/**
 * In old plain specs the pallet with the code has several names (`system`, `frameSystem`, a wrapper), and contract pallets
 * have `code` keys too. The runtime is the code with a magic, else the longest one.
 */
function runtimeCode(runtime: unknown): FoundCode | undefined {
  const found: FoundCode[] = [];
  const open: [unknown, string][] = [[runtime, 'genesis.runtime']];
  for (let next = open.pop(); next; next = open.pop()) {
    const [value, at] = next;
    if (!isObject(value)) continue;
    const code = codeIn(value, 'code', at);
    if (code) found.push(code);
    for (const key of Object.keys(value)) open.push([value[key], `${at}.${key}`]);
  }
  return found.sort((a, b) => Number(hasMagic(b)) - Number(hasMagic(a)) || b.hex.length - a.hex.length)[0];
}

function hasMagic({ hex }: FoundCode): boolean {
  return beginsLikeBlob(hex);
}

/** Sorts by block number. Other keys (early specs had hashes) come first. */
function substitutesOf(spec: JsonObject): [string, string][] {
  const { codeSubstitutes } = spec;
  if (!isObject(codeSubstitutes)) return [];
  const isText = (entry: [string, unknown]): entry is [string, string] => typeof entry[1] === 'string';
  return Object.entries(codeSubstitutes)
    .filter(isText)
    .sort(([a], [b]) => blockNumber(a) - blockNumber(b));
}

function blockNumber(key: string): number {
  return /^\d+$/.test(key) ? Number(key) : -1;
}

function substitute([block, hex]: [string, string]): FoundCode {
  return { kind: 'code', hex, at: `codeSubstitutes.${block}` };
}

function describeGenesis(genesis: JsonObject): string {
  if (typeof genesis['stateRootHash'] === 'string') return 'its genesis contains only the state root hash';
  const keys = Object.keys(genesis).slice(0, 5);
  return keys.length === 0 ? 'its genesis is empty' : `its genesis contains only ${keys.join(', ')}`;
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
