/** A chain without a server, for tests of what uses one. */
import type { ChainPara, ChainReader, OpenChain } from '../../src/chain/chain-reader.ts';
import { ChainError } from '../../src/chain/chain-reader.ts';
import type { Profile } from '../../src/limits/profile.ts';
import type { UpgradeStatus } from '../../src/model/report.ts';
import { codeHashOf } from '../../src/runtime/blob.ts';

export interface FakePara {
  readonly id: number;
  readonly code: Uint8Array;
  readonly future?: Uint8Array;
  readonly upgrade?: UpgradeStatus;
}

export interface FakeChainOptions {
  readonly kind?: ChainReader['kind'];
  readonly paras: readonly FakePara[];
  readonly profile?: Partial<Profile>;
  /** Does the chain tell the sizes of codes? */
  readonly tellsSizes?: boolean;
  /** Codes that can't be read. */
  readonly unreadable?: readonly Uint8Array[];
}

/** How often each thing was read. */
export interface FakeReads {
  opened: number;
  closed: number;
  limits: number;
  readonly codes: string[];
}

export const fakeBlock = { number: 100, hash: `0x${'ab'.repeat(32)}` };

export function fakeChain(options: FakeChainOptions): { readonly open: OpenChain; readonly reads: FakeReads } {
  const { kind = 'relay', paras, profile, tellsSizes = true, unreadable = [] } = options;
  const reads: FakeReads = { opened: 0, closed: 0, limits: 0, codes: [] };
  const codes = new Map(
    paras.flatMap(({ code, future }) => [code, ...(future ? [future] : [])].map((one) => [codeHashOf(one), one])),
  );
  const gone = new Set(unreadable.map(codeHashOf));
  const found = paras.map(
    ({ id, code, future, upgrade = {} }): ChainPara => ({
      id,
      upgrade,
      codes: [
        { is: 'current', codeHash: codeHashOf(code) },
        ...(future ? [{ is: 'pending' as const, codeHash: codeHashOf(future) }] : []),
      ],
    }),
  );
  const reader = (url: string): ChainReader => ({
    ...{ url, kind, specName: 'testnet', specVersion: 1, transactionVersion: 1, block: fakeBlock },
    genesisHash: `0x${'00'.repeat(32)}`,
    limits: async () => {
      reads.limits += 1;
      return {
        ...{ name: 'testnet', source: 'a test', date: '2026-11-26', chain: 'testnet', rpc: url, block: fakeBlock },
        ...{ maxCodeSize: 3_000_000, bombLimit: 30_000_000, executorParams: [], pending: [], notes: [] },
        ...profile,
      };
    },
    paras: async () => found,
    para: async (id) => found.find((para) => para.id === id),
    code: async (codeHash) => {
      reads.codes.push(codeHash);
      const code = codes.get(codeHash);
      if (code === undefined || gone.has(codeHash)) throw new ChainError(`${url} has no code ${codeHash}.`);
      return code;
    },
    ...(tellsSizes && { codeSize: async (codeHash: string) => codes.get(codeHash)?.length }),
    metadata: () => Promise.reject(new ChainError('no metadata')),
    [Symbol.asyncDispose]: async () => {
      reads.closed += 1;
    },
  });
  const open: OpenChain = async (url, { signal } = {}) => {
    signal?.throwIfAborted();
    reads.opened += 1;
    return reader(url);
  };
  return { open, reads };
}
