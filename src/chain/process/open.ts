/** Opens a chain at one block: which chain it is, and what reads it. */

import { isObject } from '../../limits/host-configuration.ts';
import type { ChainIdentity } from '../messages.ts';
import { readMetadata } from './metadata.ts';
import { failOnValue, otherEndpoint, ReadFailure } from './read-failure.ts';
import { Runtime } from './runtime.ts';
import { type Call, State, unusable } from './state.ts';

export interface OpenedChain {
  readonly identity: ChainIdentity;
  readonly call: Call;
  readonly state: State;
  readonly runtime: Runtime;
  readonly metadata: Uint8Array;
  readonly pallets: RelayPallets | ParachainPallets;
}

/** The names that the chain gives to its pallets. */
export interface RelayPallets {
  readonly kind: 'relay';
  readonly configuration: string;
  readonly paras: string;
}

export interface ParachainPallets {
  readonly kind: 'parachain';
  readonly system: string;
  readonly info: string;
}

/** @param at a hash; absent: the newest finalized block; @param onAnswer the server has answered as a node */
export async function openAt(call: Call, at: string | undefined, onAnswer: () => void): Promise<OpenedChain> {
  const hash = at ?? hashOf(await call('chain_getFinalizedHead'), 'chain_getFinalizedHead');
  const [header, version, genesis] = await Promise.all([
    call('chain_getHeader', hash),
    call('state_getRuntimeVersion', hash),
    call('chain_getBlockHash', 0),
  ]);
  onAnswer();
  const state = new State(call, hash);
  const metadata = await readMetadata(state);
  const runtime = new Runtime(metadata, state);
  const pallets = palletsOf(runtime);
  const identity = {
    ...versionsOf(version),
    kind: pallets.kind,
    genesisHash: hashOf(genesis, 'chain_getBlockHash'),
    block: { number: numberOf(header, hash), hash },
  };
  return { identity, call, state, runtime, metadata, pallets };
}

function palletsOf(runtime: Runtime): RelayPallets | ParachainPallets {
  const configuration = runtime.palletWith('ActiveConfig');
  const paras = runtime.palletWith('CurrentCodeHash', 'CodeByHash');
  if (configuration !== undefined && paras !== undefined) return { kind: 'relay', configuration, paras };
  const system = runtime.palletWith('HostConfiguration', 'UpgradeRestrictionSignal');
  const info = runtime.palletWith('ParachainId');
  if (system !== undefined && info !== undefined) return { kind: 'parachain', system, info };
  throw new ReadFailure(
    'the chain is neither a relay chain nor a parachain',
    'Give the address of a node of the relay chain, or of the parachain itself',
    'endpoint',
  );
}

function versionsOf(version: unknown): Pick<ChainIdentity, 'specName' | 'specVersion' | 'transactionVersion'> {
  const { specName, specVersion, transactionVersion } = isObject(version)
    ? version
    : ({} as Readonly<Record<string, unknown>>);
  // Runtimes of 2020 do not have it.
  const transaction = transactionVersion ?? 0;
  if (typeof specName !== 'string' || !/^[\w.-]{1,64}$/.test(specName) || !isU32(specVersion) || !isU32(transaction)) {
    throw unusable('state_getRuntimeVersion');
  }
  return { specName, specVersion, transactionVersion: transaction };
}

function isU32(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 0xffff_ffff;
}

function numberOf(header: unknown, hash: string): number {
  if (header === null) throw new ReadFailure(`the server does not have the block ${hash}`, otherEndpoint);
  const number = isObject(header) ? header['number'] : undefined;
  if (typeof number !== 'string' || !/^0x[0-9a-f]{1,13}$/i.test(number)) throw unusable('chain_getHeader');
  return Number(number);
}

function hashOf(value: unknown, method: string): string {
  if (typeof value !== 'string' || !/^0x[0-9a-f]{64}$/i.test(value)) return failOnValue(method, 'gives no hash');
  return value.toLowerCase();
}
