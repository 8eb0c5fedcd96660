import { cacheKey } from '../../base/cache-key.ts';
import { LruMap } from '../../base/lru.ts';
import type { OpenChain } from '../../chain/chain-reader.ts';
import { type ChainFacts, type ChainFactsRequest, readChainFacts } from './live-chain.ts';

/** The limits of a chain change once in months. An editor that checks on save need not ask each time. */
const MAX_AGE_MS = 10 * 60_000;

const MAX_CHAINS = 8;

interface Known {
  readonly facts: ChainFacts;
  readonly readAt: number;
}

/** What a session has read from live chains. */
export class ChainFactsCache {
  readonly #open: OpenChain;
  readonly #known = new LruMap<string, Known>(MAX_CHAINS);

  constructor(open: OpenChain) {
    this.#open = open;
  }

  /** Connects and reads, unless it did so some minutes ago. Rejects like `readChainFacts`. */
  async read(request: ChainFactsRequest): Promise<ChainFacts> {
    const { rpc, para, wantsBaseline, readMetadata, signal } = request;
    const key = cacheKey(rpc, para, wantsBaseline, readMetadata !== undefined);
    const known = this.#known.get(key);
    if (known !== undefined && performance.now() - known.readAt < MAX_AGE_MS) return known.facts;
    await using chain = await this.#open(rpc, signal && { signal });
    const facts = await readChainFacts(chain, request);
    this.#known.set(key, { facts, readAt: performance.now() });
    return facts;
  }
}
