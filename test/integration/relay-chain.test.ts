/** The chains that other tests talk to: what a test puts in is what the chain's own runtime reads. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { blake2b } from '@noble/hashes/blake2.js';
import { Bytes, type Codec, Option, u32, Vector } from 'scale-ts';
import { fromHex, toHex } from '../../src/base/bytes.ts';
import { executorParams } from '../../src/polkadot/executor-params.ts';
import { chainStorage } from '../support/chain-storage.ts';
import { describeWithCorpus } from '../support/corpus.ts';
import { plainPvfOf } from '../support/plain-pvf.ts';
import { useParachain, useRelayChain } from '../support/relay-chain.ts';

const current = plainPvfOf('current', 1);
const future = plainPvfOf('future', 2);
const codeHash = (code: Uint8Array) => blake2b(code, { dkLen: 32 });
const hashes = Vector(Bytes(32));

describe('a relay chain to test with', function () {
  this.timeout(60_000);
  const chain = useRelayChain(() => ({
    session: 7,
    validators: 5,
    activeConfig: { max_code_size: 2_000_000 },
    pendingConfigs: [{ session: 9, config: { max_code_size: 1_000_000 } }],
    executorParams: [{ type: 'PvfPrepTimeout', value: [{ type: 'Precheck' }, 30_000n] }],
    paras: [
      { id: 2004, code: current },
      { id: 2000, code: current, future, restricted: true, cooldownUntil: 500, vote: { accept: 3, reject: 2 } },
    ],
  }));

  /** Asks the runtime, which reads its storage by its own types. */
  async function ask<T>(name: string, result: Codec<T>, parameters: Uint8Array = new Uint8Array()): Promise<T> {
    const answer = await chain().request('state_call', [`ParachainHost_${name}`, toHex(parameters)]);
    return result.dec(fromHex(String(answer)));
  }

  it('listens on loopback', () => {
    assert.match(chain().url, /^ws:\/\/127\.0\.0\.1:\d+$/);
  });

  it('has the session and its executor params', async () => {
    assert.equal(await ask('session_index_for_child', u32), 7);
    assert.deepEqual(await ask('session_executor_params', Option(executorParams), u32.enc(7)), [
      { tag: 'PvfPrepTimeout', value: { kind: 'Precheck', millis: 30_000n } },
    ]);
  });

  it('has the codes of its parachains', async () => {
    const code = await ask('validation_code_by_hash', Option(Bytes()), codeHash(future));
    assert.deepEqual(code, future);
  });

  it('has the vote on a code, and its validators', async () => {
    assert.deepEqual(await ask('pvfs_require_precheck', hashes), [codeHash(future)]);
    assert.equal((await ask('validators', hashes)).length, 5);
    assert.deepEqual(await chain().read('Paras', 'PvfActiveVoteMap', toHex(codeHash(future))), {
      votes_accept: [1, 1, 1, 0, 0],
      votes_reject: [0, 0, 0, 1, 1],
      age: 0,
      created_at: 0,
      causes: [
        { type: 'Upgrade', value: { id: 2000, included_at: 0, set_go_ahead: { type: 'Yes', value: undefined } } },
      ],
    });
  });

  it('lists exactly the parachains that it was given', async () => {
    assert.deepEqual(await chain().read('Paras', 'Parachains'), [2000, 2004]);
    assert.deepEqual(await chain().read('Paras', 'UpgradeCooldowns'), [[2000, 500]]);
    const storage = chainStorage(fromHex(String(await chain().request('state_getMetadata'))));
    const count = async (entry: string) => {
      const prefix = storage.key('Paras', entry);
      return ((await chain().request('state_getKeysPaged', [prefix, 100, prefix])) as string[]).length;
    };
    assert.deepEqual(await Promise.all(['CurrentCodeHash', 'CodeByHash', 'FutureCodeHash'].map(count)), [2, 2, 1]);
  });

  it('keeps the configuration of its genesis, except for what it was given', async () => {
    const config = (await chain().read('Configuration', 'ActiveConfig')) as Record<string, unknown>;
    assert.equal(config['max_code_size'], 2_000_000);
    assert.equal(config['max_pov_size'], 5_242_880);
    const [[session, pending]] = (await chain().read('Configuration', 'PendingConfigs')) as [[number, object]];
    assert.deepEqual([session, pending], [9, { ...config, max_code_size: 1_000_000 }]);
  });

  it('takes another state while it runs', async () => {
    await chain().set({ activeConfig: { pvf_voting_ttl: 4 } });
    const config = (await chain().read('Configuration', 'ActiveConfig')) as Record<string, unknown>;
    assert.deepEqual([config['max_code_size'], config['pvf_voting_ttl']], [2_000_000, 4]);
  });

  it('refuses a member that its configuration lacks', async () => {
    await assert.rejects(chain().set({ activeConfig: { maxCodeSize: 1 } }), /no maxCodeSize/);
  });

  it('is gone when it is disposed', async () => {
    await chain()[Symbol.asyncDispose]();
    const socket = connect(Number(new URL(chain().url).port), '127.0.0.1');
    const [error] = (await once(socket, 'error')) as [NodeJS.ErrnoException];
    assert.equal(error.code, 'ECONNREFUSED');
  });
});

describeWithCorpus('a parachain to test with', (corpus) => {
  const code = () => readFileSync(corpus.path('bridge-hub-paseo-2000006.compact.compressed.wasm'));
  const chain = useParachain(code, () => ({
    id: 1002,
    hostConfig: { max_code_size: 3_000_000, validation_upgrade_cooldown: 100 },
    restricted: true,
    lastRelayBlock: 77,
  }));

  it('runs its own code', async () => {
    const version = (await chain().request('state_getRuntimeVersion')) as Record<string, unknown>;
    assert.deepEqual([version['specName'], version['specVersion']], ['bridge-hub-paseo', 2_000_006]);
  });

  it('knows what its relay chain told it', async () => {
    const read = (entry: string) => chain().read('ParachainSystem', entry);
    assert.equal(await chain().read('ParachainInfo', 'ParachainId'), 1002);
    const config = (await read('HostConfiguration')) as Record<string, unknown>;
    assert.deepEqual([config['max_code_size'], config['validation_upgrade_cooldown']], [3_000_000, 100]);
    assert.deepEqual(await read('UpgradeRestrictionSignal'), { type: 'Present', value: undefined });
    assert.equal(await read('LastRelayChainBlockNumber'), 77);
  });
});
