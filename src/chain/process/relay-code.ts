import { checkedCode } from './codes.ts';
import type { OpenedChain, RelayPallets } from './open.ts';
import { RpcError } from './rpc-error.ts';
import { Runtime } from './runtime.ts';
import { State } from './state.ts';

/**
 * The code with this hash. A node keeps the state of a block for some minutes only (256 blocks), and the check of a whole
 * chain takes longer: then a newer block gives the code. Its hash proves that it is the same.
 */
export async function relayCode(chain: OpenedChain, { paras }: RelayPallets, codeHash: string): Promise<Uint8Array> {
  const read = (runtime: Runtime) => runtime.bytes([paras, 'CodeByHash'], codeHash);
  const code = await read(chain.runtime).catch(async (error: unknown) => {
    if (!(error instanceof RpcError)) throw error;
    const newest = await chain.call('chain_getFinalizedHead');
    if (typeof newest !== 'string' || newest === chain.identity.block.hash) throw error;
    return read(new Runtime(chain.metadata, new State(chain.call, newest)));
  });
  return checkedCode(code, codeHash);
}

/** Without reading it. Undefined: the node does not say. */
export async function relayCodeSize(
  { runtime }: OpenedChain,
  { paras }: RelayPallets,
  codeHash: string,
): Promise<number | undefined> {
  const stored = await runtime.size([paras, 'CodeByHash'], codeHash);
  return stored === undefined ? undefined : withoutPrefix(stored);
}

/** The length stands in front, in 1, 2 or 4 bytes (SCALE). */
function withoutPrefix(stored: number): number {
  if (stored <= 64) return Math.max(0, stored - 1);
  return stored <= 16_385 ? stored - 2 : stored - 4;
}
