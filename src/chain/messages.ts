/** What the reader of a chain and its process say to each other. */
import type { Profile } from '../limits/profile.ts';
import type { ChainFault, ChainPara, ChainReader } from './chain-reader.ts';
import type { Endpoint } from './endpoint.ts';

/** The first message. */
export interface ChainTarget {
  readonly endpoint: Endpoint;
  /** The hash of the block to read. Absent: the newest finalized one. */
  readonly at?: string;
}

export type ChainIdentity = Pick<
  ChainReader,
  'kind' | 'specName' | 'specVersion' | 'transactionVersion' | 'genesisHash' | 'block'
>;

/** What can be read, with its answer. */
export interface ChainAnswers {
  readonly limits: Profile;
  readonly paras: readonly ChainPara[];
  readonly code: Uint8Array;
  readonly 'code-size': number | undefined;
  readonly metadata: Uint8Array;
}

export type ChainQuery =
  | { readonly kind: 'limits' }
  | { readonly kind: 'paras' }
  | { readonly kind: 'code'; readonly codeHash: string }
  | { readonly kind: 'code-size'; readonly codeHash: string }
  | { readonly kind: 'metadata' };

export type ChainQueryOf<Kind extends ChainQuery['kind']> = Extract<ChainQuery, { readonly kind: Kind }>;

export interface ChainRequest {
  readonly id: number;
  readonly query: ChainQuery;
}

/** Both are clauses: what went wrong, and what to do. */
export interface ChainFailure {
  readonly cause: string;
  readonly remedy: string;
  /** Absent: the connection. */
  readonly fault?: ChainFault;
}

export type ChainMessage =
  | { readonly kind: 'ready' }
  /** The deadlines of opening follow the stages. */
  | { readonly kind: 'stage'; readonly stage: 'connecting' | 'connected' | 'answering' }
  | { readonly kind: 'open'; readonly chain: ChainIdentity }
  /** Nothing comes after it. */
  | { readonly kind: 'lost'; readonly failure: ChainFailure }
  | { readonly kind: 'answer'; readonly id: number; readonly value: ChainAnswers[keyof ChainAnswers] }
  | { readonly kind: 'failed'; readonly id: number; readonly failure: ChainFailure };
