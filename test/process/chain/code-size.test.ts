import assert from 'node:assert/strict';
import { openChain } from '../../../src/chain/open-chain.ts';
import { type Lie, Refusal, startFakeNode } from '../../support/fake-node.ts';
import { relayChain } from '../../support/fake-relay.ts';

const codeHash = `0x${'0a'.repeat(32)}`;

async function sizeBy(answer: () => unknown): Promise<number | undefined> {
  const lie: Lie = (method) => (method === 'state_getStorageSize' ? answer() : undefined);
  await using node = await startFakeNode(relayChain(), lie);
  await using reader = await openChain(node.url);
  return await reader.codeSize?.(codeHash);
}

describe('the size of a code', function () {
  this.timeout(60_000);

  // In SCALE, the length in front takes 1 byte up to 63, 2 up to 16383, else 4.
  for (const [stored, bytes] of [
    [64, 63],
    [66, 64],
    [16_385, 16_383],
    [16_388, 16_384],
    [1_500_004, 1_500_000],
  ] as const) {
    it(`is ${bytes} bytes where ${stored} are stored`, async () => assert.equal(await sizeBy(() => stored), bytes));
  }

  it('is not known where the node does not say, or says nonsense', async () => {
    const refused = () => {
      throw new Refusal(-32601, 'Method not found');
    };
    for (const answer of [refused, () => 'large', () => -1, () => 1.5]) assert.equal(await sizeBy(answer), undefined);
  });
});
