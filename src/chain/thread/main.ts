/** The program of the thread that reads a chain. It has its own bundle. `ChainThread` starts it. */
import { parentPort, workerData } from 'node:worker_threads';
import type { ChainAnswers, ChainQuery, ChainRequest, ChainThreadData, ChainThreadMessage } from '../messages.ts';
import { profileOf } from './chain-profile.ts';
import { type OpenedChain, openAt } from './open.ts';
import { parachainCode, parachainItself, parachainLimits } from './parachain.ts';
import { failureOf } from './read-failure.ts';
import { relayCode } from './relay-code.ts';
import { relayLimits } from './relay-limits.ts';
import { relayParas } from './relay-paras.ts';
import { RpcConnection } from './rpc-connection.ts';

void run(workerData as ChainThreadData).catch((error: unknown) => {
  post({ kind: 'lost', failure: failureOf(error) });
});

async function run({ endpoint, at }: ChainThreadData): Promise<void> {
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
  parentPort?.on('message', ({ id, query }: ChainRequest) => {
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
  endpoint: ChainThreadData['endpoint'],
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
    case 'metadata':
      return chain.metadata;
  }
}

function post(message: ChainThreadMessage): void {
  parentPort?.postMessage(message);
}
