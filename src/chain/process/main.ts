/** The program that reads a chain. It has its own bundle. `ChainProcess` starts it. */
import type { ChainAnswers, ChainMessage, ChainQuery, ChainRequest, ChainTarget } from '../messages.ts';
import { profileOf } from './chain-profile.ts';
import { type OpenedChain, openAt } from './open.ts';
import { parachainCode, parachainItself, parachainLimits } from './parachain.ts';
import { failureOf } from './read-failure.ts';
import { relayCode, relayCodeSize } from './relay-code.ts';
import { relayLimits } from './relay-limits.ts';
import { relayParas } from './relay-paras.ts';
import { RpcConnection } from './rpc-connection.ts';

// The reader is gone. It may have been killed.
process.on('disconnect', () => process.exit());
process.once('message', (target: ChainTarget) => {
  run(target).catch((error: unknown) => post({ kind: 'lost', failure: failureOf(error) }));
});
post({ kind: 'ready' });

async function run({ endpoint, at }: ChainTarget): Promise<void> {
  post({ kind: 'stage', stage: 'connecting' });
  const connection = new RpcConnection(endpoint.url);
  await connection.opened;
  post({ kind: 'stage', stage: 'connected' });
  const chain = await openAt(
    (method, ...params) => connection.call(method, ...params),
    at,
    () => post({ kind: 'stage', stage: 'answering' }),
  );
  post({ kind: 'open', chain: chain.identity });
  process.on('message', ({ id, query }: ChainRequest) => {
    answer(chain, query, endpoint).then(
      (value) => post({ kind: 'answer', id, value }),
      (error: unknown) => post({ kind: 'failed', id, failure: failureOf(error) }),
    );
  });
  throw await connection.lost;
}

async function answer(
  chain: OpenedChain,
  query: ChainQuery,
  endpoint: ChainTarget['endpoint'],
): Promise<ChainAnswers[ChainQuery['kind']]> {
  const { pallets } = chain;
  const isRelay = pallets.kind === 'relay';
  switch (query.kind) {
    case 'limits': {
      const limits = isRelay ? await relayLimits(chain, pallets) : await parachainLimits(chain, pallets);
      return profileOf(chain.identity, limits, endpoint);
    }
    case 'paras':
      return isRelay ? relayParas(chain, pallets) : [await parachainItself(chain, pallets)];
    case 'code':
      return isRelay ? relayCode(chain, pallets, query.codeHash) : parachainCode(chain, pallets, query.codeHash);
    case 'code-size':
      return isRelay ? relayCodeSize(chain, pallets, query.codeHash) : undefined;
    case 'metadata':
      return chain.metadata;
  }
}

function post(message: ChainMessage): void {
  process.send?.(message);
}
