import { readFileSync } from 'node:fs';
import type { PrepareError } from '../../../src/polkadot/prepare-error.ts';

/** One case of `protocol/cases.json`: the response of a real prepare worker to a module. */
export interface ProtocolCase {
  readonly name: string;
  readonly code_base64: string;
  readonly expect: { readonly err?: { readonly kind: PrepareError['tag']; readonly value: string | null } };
}

const file = new URL('../../fixtures/protocol/cases.json', import.meta.url);

export const protocolCases = (JSON.parse(readFileSync(file, 'utf8')) as { cases: readonly ProtocolCase[] }).cases;

/** The code of a case. Throws when there is no such case. */
export function codeOfCase(name: string): Uint8Array {
  const found = protocolCases.find((one) => one.name === name);
  if (!found) throw new Error(`there is no case "${name}"`);
  return Buffer.from(found.code_base64, 'base64');
}
