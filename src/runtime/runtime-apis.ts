/** The `runtime_apis` custom section: which runtime APIs a module has, in which version. */

import { blake2b64 } from '../base/blake2b.ts';
import { toHex } from '../base/bytes.ts';
import type { Export } from '../wasm/types.ts';

export interface RuntimeApi {
  /** The first 8 bytes of blake2b of the trait's name, 0x-hex. */
  readonly id: string;
  /** Absent: no export belongs to it. */
  readonly name?: string;
  readonly version: number;
}

/** APIs that a release must not have, so that their exports may be missing by mistake. */
const knownNames = ['Core', 'TryRuntime', 'Benchmark'];

const ENTRY_BYTES = 12;
const ID_BYTES = 8;
/** Runtimes have about 30. */
const MAX_APIS = 1000;

/**
 * Returns undefined when the section is damaged. The names come from the exports: a method is exported as `Trait_method`,
 * and the id is a hash of the trait's name (sp-api `decl_runtime_apis!`).
 */
export function decodeRuntimeApis(section: Uint8Array, exports: readonly Export[]): RuntimeApi[] | undefined {
  if (section.length % ENTRY_BYTES !== 0 || section.length > MAX_APIS * ENTRY_BYTES) return undefined;
  const names = namesById(exports);
  const view = new DataView(section.buffer, section.byteOffset, section.byteLength);
  return Array.from({ length: section.length / ENTRY_BYTES }, (_, index) => {
    const at = index * ENTRY_BYTES;
    const id = toHex(section.subarray(at, at + ID_BYTES));
    const name = names.get(id);
    return { id, ...(name !== undefined && { name }), version: view.getUint32(at + ID_BYTES, true) };
  });
}

/** Names of traits have no underscore. */
function namesById(exports: readonly Export[]): ReadonlyMap<string, string> {
  const names = new Set(exports.flatMap(({ name }) => /^([A-Za-z][A-Za-z0-9]*)_/.exec(name)?.[1] ?? []));
  return new Map(
    [...knownNames, ...[...names].slice(0, MAX_APIS)].map((name) => [
      toHex(blake2b64(new TextEncoder().encode(name))),
      name,
    ]),
  );
}
