import { toHex } from '../../base/bytes.ts';
import { blake2b256 } from '../../base/hash.ts';
import type { UpgradeStatus } from '../../model/report.ts';
import type { ChainPara } from '../chain-reader.ts';
import { otherEndpoint, ReadFailure } from './read-failure.ts';

/** The code in force first. A code that is voted on for a parachain that has it is no other code. */
export function codesOf({ currentCodeHash, futureCodeHash, vote }: UpgradeStatus): ChainPara['codes'] {
  const pending = new Set([futureCodeHash, vote?.codeHash].filter((hash) => hash !== undefined));
  if (currentCodeHash !== undefined) pending.delete(currentCodeHash);
  return [
    ...(currentCodeHash === undefined ? [] : [{ is: 'current' as const, codeHash: currentCodeHash }]),
    ...[...pending].map((codeHash) => ({ is: 'pending' as const, codeHash })),
  ];
}

export function codeHashOf(code: Uint8Array): string {
  return toHex(blake2b256(code));
}

/** @throws ReadFailure when the bytes are not those of the hash */
export function checkedCode(code: Uint8Array | undefined, codeHash: string): Uint8Array {
  if (code === undefined) {
    throw new ReadFailure(`the chain has no code with the hash ${codeHash}`, 'Read the parachains again');
  }
  const found = codeHashOf(code);
  if (found === codeHash) return code;
  throw new ReadFailure(
    `the server gave wrong bytes for the code ${codeHash}: their hash is ${found}`,
    `Don't trust this server. ${otherEndpoint}`,
  );
}
