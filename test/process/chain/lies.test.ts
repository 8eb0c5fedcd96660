import assert from 'node:assert/strict';
import { toHex } from '../../../src/base/bytes.ts';
import { blake2b256 } from '../../../src/base/hash.ts';
import { openChain } from '../../../src/chain/open-chain.ts';
import { chainFailure } from '../../support/chain-failure.ts';
import { startFakeNode } from '../../support/fake-node.ts';
import { relayChain, relayMetadata } from '../../support/fake-relay.ts';

describe('a node that lies', function () {
  this.timeout(60_000);

  const code = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9);
  const codeHash = toHex(blake2b256(code));

  it('about a code is told as such', async () => {
    const values = [['Paras.CodeByHash', [codeHash], Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8, 8)]] as const;
    await using node = await startFakeNode(relayChain({ values }));
    await using reader = await openChain(node.url);
    assert.match(
      await chainFailure(reader.code(codeHash), node.url),
      /^the server gave wrong bytes for the code 0x.*Don't trust this server/,
    );
  });

  const metadata = relayMetadata();
  const damages: readonly (readonly [name: string, bytes: Uint8Array])[] = [
    ['cut', metadata.slice(0, metadata.length >> 1)],
    ['empty', new Uint8Array()],
    ['of zeros', new Uint8Array(5000)],
    ['with zeros at its end', metadata.slice().fill(0, 200)],
    ['with ones at its end', metadata.slice().fill(255, 200)],
    ['without its start', metadata.slice(1)],
  ];
  for (const [name, bytes] of damages) {
    it(`about the metadata: ${name}`, async () => {
      await using node = await startFakeNode({ ...relayChain(), metadata: bytes, values: [], calls: {} });
      assert.match(
        await chainFailure(openChain(node.url, { timeoutMs: 10_000 }), node.url),
        /metadata of the chain's runtime|neither a relay chain nor a parachain/,
      );
    });
  }

  it('about names, which are shown without control characters', async () => {
    const param = Buffer.from(relayMetadata({ unknownParam: true }));
    param.write('\u001b[2J\n', param.indexOf('FuelPerBlock'));
    const chain = relayChain({ calls: { 'ParachainHost.session_executor_params': [] } });
    await using node = await startFakeNode({ ...chain, metadata: new Uint8Array(param) }, (method, [name]) =>
      // A list with the fifth param, and its value.
      method === 'state_call' && name === 'ParachainHost_session_executor_params'
        ? '0x0104040000000000000000'
        : undefined,
    );
    await using reader = await openChain(node.url);
    const message = await chainFailure(reader.limits(), node.url);
    assert.match(message, /does not know: "\\u001b\[2J\\n/);
    assert(!message.includes('\u001b'));
  });

  it('about the version of the metadata', async () => {
    const bytes = metadata.slice();
    bytes[4] = 99;
    await using node = await startFakeNode({ ...relayChain(), metadata: bytes, values: [], calls: {} });
    assert.match(
      await chainFailure(openChain(node.url), node.url),
      /has version 99, and versions 14 to 16 can be read\. Update this tool/,
    );
  });

  const lies: readonly (readonly [method: string, answers: readonly unknown[]])[] = [
    ['chain_getFinalizedHead', [7, '0x', {}, []]],
    ['chain_getHeader', [{}, { number: 'x' }, { number: '0xfffffffffffffffffff' }, 5]],
    ['state_getRuntimeVersion', [{ specName: 5 }, { specName: '\u001b[2J', specVersion: 1 }, 'x']],
    ['chain_getBlockHash', ['0x12', []]],
    ['state_call', [{}, '0x', '0xzz', '12', '0xffffffffff']],
  ];
  for (const [method, answers] of lies) {
    it(`in the answer to ${method}`, async () => {
      for (const answer of answers) {
        await using node = await startFakeNode(relayChain(), (asked) => (asked === method ? answer : undefined));
        await chainFailure(openChain(node.url), node.url);
      }
    });
  }

  const readLies: readonly (readonly [method: string, answers: readonly unknown[]])[] = [
    ['state_getStorage', ['0x', '0x00', '0xffffffffffff', {}, 5]],
    ['state_getKeysPaged', [{}, [5], ['0x00'], 'x']],
    ['state_queryStorageAt', [{}, [], [{}], [{ changes: [5] }], [{ changes: [['0x00', '0x00']] }]]],
  ];
  for (const [method, answers] of readLies) {
    it(`in the answer to ${method}`, async () => {
      const values = [['Paras.CurrentCodeHash', [5], codeHash]] as const;
      let answer: unknown;
      await using node = await startFakeNode(relayChain({ values }), (asked) =>
        asked === method ? answer : undefined,
      );
      await using reader = await openChain(node.url, { timeoutMs: 10_000 });
      for (const lie of answers) {
        answer = lie;
        await chainFailure(method === 'state_getStorage' ? reader.limits() : reader.paras(), node.url);
      }
    });
  }
});
