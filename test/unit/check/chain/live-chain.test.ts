import assert from 'node:assert/strict';
import { ChainFactsCache } from '../../../../src/check/chain/chain-facts-cache.ts';
import { readParaCodes } from '../../../../src/check/chain/live-chain.ts';
import { loadInputs } from '../../../../src/check/check-plan.ts';
import { inspect } from '../../../../src/runtime/inspect.ts';
import { plainSettings } from '../../../support/check-environment.ts';
import { type FakeChainOptions, fakeChain } from '../../../support/fake-chain.ts';
import { plainPvf, plainPvfOf } from '../../../support/plain-pvf.ts';

const paras = [
  { id: 2000, code: plainPvf, future: plainPvfOf('plain', 2) },
  { id: 2001, code: plainPvfOf('other', 7) },
];
const rpc = 'ws://127.0.0.1';

function load(settings: Partial<Parameters<typeof loadInputs>[0]>, options: Partial<FakeChainOptions> = {}) {
  const { open, reads } = fakeChain({ paras, ...options });
  const cache = new ChainFactsCache(open);
  const inputs = () =>
    loadInputs({ ...plainSettings, rpc, ...settings }, { inspect, readFacts: (request) => cache.read(request) });
  return { inputs, reads };
}

describe('what a check takes from a live chain', () => {
  it('is the limits, read once for some minutes', async () => {
    const { inputs, reads } = load({}, { profile: { maxCodeSize: 123 } });
    assert.equal((await inputs()).profile.maxCodeSize, 123);
    await inputs();
    assert.deepEqual([reads.opened, reads.closed, reads.limits, reads.codes.length], [1, 1, 1, 0]);
  });

  it('is the code that a parachain runs, as the baseline', async () => {
    const { baseline } = await load({ baseline: 'chain', para: 2001 }).inputs();
    assert.deepEqual([baseline?.is, baseline?.name], ['chain', 'para 2001 (current)']);
    assert.deepEqual([baseline?.runtime.specName, baseline?.runtime.specVersion], ['other', 7]);
  });

  it('needs no id on a parachain', async () => {
    const { baseline } = await load({ baseline: 'chain' }, { kind: 'parachain', paras: paras.slice(1) }).inputs();
    assert.equal(baseline?.runtime.specName, 'other');
  });

  it('needs an id on a relay chain, and one that is there', async () => {
    await assert.rejects(load({ baseline: 'chain' }).inputs(), /--baseline chain needs --para <id>/);
    await assert.rejects(load({ baseline: 'chain', para: 9 }).inputs(), /There is no parachain 9 on testnet/);
    const own = load({ baseline: 'chain', para: 9 }, { kind: 'parachain', paras: paras.slice(1) });
    await assert.rejects(own.inputs(), /is not parachain 9/);
    await assert.rejects(loadInputs({ ...plainSettings, baseline: 'chain' }), /--baseline chain needs --rpc <url>/);
  });

  it('is the codes of a parachain, as blobs without a file', async () => {
    const { open } = fakeChain({ paras });
    await using chain = await open(rpc);
    const blobs = await readParaCodes(chain, 2000);
    assert.deepEqual(
      blobs.map(({ path, state, container, para }) => [path, state, container, para?.relayChain]),
      [
        ['para 2000 (current)', undefined, 'wasm', 'testnet'],
        ['para 2000 (pending)', undefined, 'wasm', 'testnet'],
      ],
    );
    await assert.rejects(readParaCodes(chain, undefined), /No file was given, so needs --para|--para <id>/);
  });
});
