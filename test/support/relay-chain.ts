/**
 * Chains to test with: a relay chain with Paseo's genesis and runtime, and a parachain with a given runtime, each behind a
 * real JSON-RPC server on loopback. scripts/chain-rig/README.md describes them.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { RawChainSpec, RelayChainName } from '../../scripts/chain-rig/chain-specs.ts';
import { type ChainRig, provisionChainRig } from '../../scripts/chain-rig/provision.ts';
import { fromHex, toHex } from '../../src/base/bytes.ts';
import { errorMessage } from '../../src/base/errors.ts';
import { ExitGuard } from '../../src/base/exit-guard.ts';
import { type ChainServer, startChainServer } from './chain-server.ts';
import { type ChainStorage, chainStorage, type StorageItem } from './chain-storage.ts';
import { type ConfigMembers, type ParachainState, parachainItems, type RelayState, relayItems } from './relay-state.ts';
import { skipBecause } from './skip.ts';

/** A chain that runs until it is disposed. */
export interface TestChain<State> extends ChainServer {
  /** Changes the state, at the same block. What it does not name stays. */
  set(state: State): Promise<void>;
  /** A value of the storage, as polkadot-api shapes it. Undefined: there is none, and the entry has no default. */
  read(pallet: string, entry: string, ...keys: unknown[]): Promise<unknown>;
}

/** The start takes about five seconds. The installation takes a minute, once. */
const START_TIMEOUT_MS = 20 * 60_000;

/** Starts a relay chain in `before` and ends it in `after`. Without a rig the tests are skipped with the reason. */
export function useRelayChain(state: () => RelayState, name?: RelayChainName): () => TestChain<RelayState> {
  return useChain(() => startRelayChain(state(), name));
}

/** Like `useRelayChain`, for a parachain that has the given runtime. */
export function useParachain(code: () => Uint8Array, state: () => ParachainState): () => TestChain<ParachainState> {
  return useChain(() => startParachain(code(), state()));
}

/** Rejects when the rig can't be installed, the server does not start, or the chain does not take the state. */
export async function startRelayChain(state: RelayState = {}, name: RelayChainName = 'paseo') {
  const rig = await chainRig();
  return chainOf(await startChainServer(rig, rig.spec(name)), state, async (next, storage, read) => {
    const session = Number(await read('ParasShared', 'CurrentSessionIndex'));
    const activeConfig = (await read('Configuration', 'ActiveConfig')) as ConfigMembers;
    return relayItems(next, { session, activeConfig }, storage);
  });
}

/** The state of its genesis is empty, except for the code and what `state` says. It has no block after the genesis. */
export async function startParachain(code: Uint8Array, state: ParachainState = {}) {
  const rig = await chainRig();
  await using folder = await temporaryFolder();
  const spec = path.join(folder.path, 'spec.json');
  await writeFile(spec, JSON.stringify(specOf(code)));
  const server = await startChainServer(rig, spec);
  return chainOf(server, state, (next, storage) => parachainItems(next, storage));
}

async function chainOf<State>(
  server: ChainServer,
  state: State,
  itemsOf: (
    state: State,
    storage: ChainStorage,
    read: TestChain<State>['read'],
  ) => StorageItem[] | Promise<StorageItem[]>,
): Promise<TestChain<State>> {
  try {
    const storage = chainStorage(fromHex(String(await server.request('state_getMetadata'))));
    const read = async (pallet: string, entry: string, ...keys: unknown[]) =>
      storage.decode(pallet, entry, await server.request('state_getStorage', [storage.key(pallet, entry, ...keys)]));
    const set = async (next: State) => {
      const items = await itemsOf(next, storage, read);
      if (items.length > 0) await server.request('dev_setStorage', [items]);
    };
    await set(state);
    return { ...server, set, read };
  } catch (error) {
    await server[Symbol.asyncDispose]();
    throw error;
  }
}

function useChain<State>(start: () => Promise<TestChain<State>>): () => TestChain<State> {
  let chain: TestChain<State> | undefined;
  before(async function () {
    this.timeout(START_TIMEOUT_MS);
    try {
      await chainRig();
    } catch (error) {
      skipBecause(this, `no chain to test with: ${errorMessage(error)}`);
    }
    chain = await start();
  });
  after(() => chain?.[Symbol.asyncDispose]());
  return () => {
    if (!chain) throw new Error('the chain runs only during the tests of the suite');
    return chain;
  };
}

async function chainRig(): Promise<ChainRig> {
  using guard = new ExitGuard();
  return await provisionChainRig(guard, (line) => process.stderr.write(`${line}\n`));
}

function specOf(code: Uint8Array): RawChainSpec {
  const codeKey = toHex(new TextEncoder().encode(':code'));
  return { id: 'parachain', name: 'Parachain', properties: {}, genesis: { raw: { top: { [codeKey]: toHex(code) } } } };
}

async function temporaryFolder() {
  const folder = await mkdtemp(path.join(tmpdir(), 'pvf-parachain-'));
  return { path: folder, [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) };
}
