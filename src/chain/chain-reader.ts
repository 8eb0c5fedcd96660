/** What this tool reads from a live chain. The server is read in a process of its own (`open-chain.ts`). */
import type { Profile } from '../limits/profile.ts';
import type { UpgradeStatus } from '../model/report.ts';

export interface ChainBlock {
  readonly number: number;
  /** 0x-hex. */
  readonly hash: string;
}

/** A chain at one finalized block. All reads are of that block. Each rejects with `ChainError`, or the signal's reason. */
export interface ChainReader extends AsyncDisposable {
  /** The endpoint for people: without the password or API key that the URL may hold. */
  readonly url: string;
  readonly kind: 'relay' | 'parachain';
  /** The spec name: `polkadot`. */
  readonly specName: string;
  readonly specVersion: number;
  readonly transactionVersion: number;
  /** 0x-hex. */
  readonly genesisHash: string;
  readonly block: ChainBlock;
  /** A parachain's relay state gives a part of it: `notes` says what is not known. */
  limits(): Promise<Profile>;
  /** Every parachain of a relay chain, by id. A parachain has only itself. */
  paras(): Promise<readonly ChainPara[]>;
  /** The parachain with this id. Undefined: there is none. */
  para(id: number): Promise<ChainPara | undefined>;
  /** The code with this hash, as stored on chain, with the hash checked. On a parachain: its own `:code`. */
  code(codeHash: string): Promise<Uint8Array>;
  /** Size of the code as stored, in bytes, without reading it. Undefined, or no such member: the server does not tell. */
  codeSize?(codeHash: string): Promise<number | undefined>;
  /** The metadata of the chain's own runtime, from the magic number on. */
  metadata(): Promise<Uint8Array>;
}

export interface ChainPara {
  readonly id: number;
  readonly upgrade: UpgradeStatus;
  /** Codes that the relay chain has, the one in force first. */
  readonly codes: readonly { readonly is: 'current' | 'pending'; readonly codeHash: string }[];
}

/** `endpoint`: the URL is wrong, or what it leads to is of no use. `connection`: another attempt may succeed. */
export type ChainFault = 'endpoint' | 'connection';

/** The chain can't be read. The message names the endpoint, the cause and the remedy. */
export class ChainError extends Error {
  override readonly name = 'ChainError';
  readonly fault: ChainFault;

  /** @param options without a fault, the connection is at fault */
  constructor(message: string, { fault = 'connection', ...options }: ErrorOptions & { fault?: ChainFault } = {}) {
    super(message, options);
    this.fault = fault;
  }
}

export interface OpenChainOptions {
  readonly signal?: AbortSignal;
  /** For the connection and for each read. Milliseconds. */
  readonly timeoutMs?: number;
}

/** Connects to the endpoint of a relay chain or a parachain. Rejects with `ChainError`, or the signal's reason. */
export type OpenChain = (url: string, options?: OpenChainOptions) => Promise<ChainReader>;
