/** What `openChain` reads from real nodes is what was put into their storage. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { toHex } from '../../src/base/bytes.ts';
import { blake2b256 } from '../../src/base/hash.ts';
import type { ChainReader } from '../../src/chain/chain-reader.ts';
import { openChain } from '../../src/chain/open-chain.ts';
import { describeWithCorpus } from '../support/corpus.ts';
import { plainPvfOf } from '../support/plain-pvf.ts';
import { useParachain, useRelayChain } from '../support/relay-chain.ts';

const current = plainPvfOf('current', 1);
const future = plainPvfOf('future', 2);
const accepted = plainPvfOf('accepted', 3);
const hashOf = (code: Uint8Array) => toHex(blake2b256(code));

describe('a live relay chain', function () {
  this.timeout(90_000);
  const chain = useRelayChain(() => ({
    session: 7,
    validators: 5,
    activeConfig: { max_code_size: 2_000_000, pvf_voting_ttl: 3, validation_upgrade_cooldown: 900 },
    pendingConfigs: [{ session: 9, config: { max_code_size: 1_000_000 } }],
    executorParams: [
      { type: 'PvfPrepTimeout', value: [{ type: 'Precheck' }, 30_000n] },
      { type: 'PrecheckingMaxMemory', value: 2n ** 31n },
    ],
    paras: [
      { id: 2004, code: current, future: accepted, enactedAt: 700, restricted: true, goAhead: 'GoAhead' },
      { id: 2000, code: current, future, restricted: true, cooldownUntil: 500, vote: { accept: 3, reject: 2, age: 1 } },
    ],
  }));
  const use = async (read: (reader: ChainReader) => Promise<void>) => {
    await using reader = await openChain(chain().url);
    await read(reader);
  };

  it('gives its limits, those in force and those that are scheduled', async () => {
    await use(async (reader) => {
      const { source, date, rpc, block, ...profile } = await reader.limits();
      assert.match(source, /^Configuration\.ActiveConfig of paseo 1001002 at block \d+, read from ws:\/\/127/);
      assert.equal(block?.hash, reader.block.hash);
      const inForce = {
        maxCodeSize: 2_000_000,
        // This runtime has no validation_code_bomb_limit.
        bombLimit: 12_582_912,
        maxPovSize: 5_242_880,
        blockLength: 5_242_880,
        upgradeCooldown: 900,
        upgradeDelay: 2,
        minimumUpgradeDelay: 5,
        votingTtl: 3,
      };
      const { pending, notes, executorParams, ...others } = profile;
      assert.deepEqual(others, { name: 'paseo', chain: 'paseo', specVersion: 1_001_002, session: 7, ...inForce });
      assert.deepEqual(executorParams, [
        { tag: 'PvfPrepTimeout', value: { kind: 'Precheck', millis: 30_000n } },
        { tag: 'PrecheckingMaxMemory', value: 2n ** 31n },
      ]);
      // The session has other params than the configuration, which holds from the next session on.
      assert.deepEqual(pending, [
        { ...inForce, executorParams: [], fromSession: 8 },
        { ...inForce, executorParams: [], maxCodeSize: 1_000_000, fromSession: 9 },
      ]);
      assert.match(notes.join('\n'), /^the runtime does not tell the bomb limit .*12582912/);
      assert.equal(notes.length, 1);
    });
  });

  it('gives its parachains with their codes and upgrades', async () => {
    await use(async (reader) => {
      assert.deepEqual(await reader.paras(), [
        {
          id: 2000,
          upgrade: {
            currentCodeHash: hashOf(current),
            futureCodeHash: hashOf(future),
            vote: { codeHash: hashOf(future), accept: 3, reject: 2, validators: 5, sessions: 1 },
            cooldownUntil: 500,
            isRestricted: true,
          },
          codes: [
            { is: 'current', codeHash: hashOf(current) },
            { is: 'pending', codeHash: hashOf(future) },
          ],
        },
        {
          id: 2004,
          upgrade: {
            currentCodeHash: hashOf(current),
            futureCodeHash: hashOf(accepted),
            enactedAt: 700,
            goAhead: 'go-ahead',
            isRestricted: true,
          },
          codes: [
            { is: 'current', codeHash: hashOf(current) },
            { is: 'pending', codeHash: hashOf(accepted) },
          ],
        },
      ]);
    });
  });

  it('gives codes by their hash, and its metadata', async () => {
    await use(async (reader) => {
      assert.deepEqual(await reader.code(hashOf(future)), future);
      await assert.rejects(reader.code(`0x${'12'.repeat(32)}`), /no code with the hash/);
      const metadata = await reader.metadata();
      assert.deepEqual([...metadata.subarray(0, 5)], [...Buffer.from('meta'), 15]);
    });
  });

  it('that has its state dropped is told as such', async () => {
    await chain().set({ activeConfig: { max_code_size: 0 } });
    await use(async (reader) => {
      await assert.rejects(reader.limits(), /ActiveConfig has a max_code_size of 0/);
    });
  });
});

describeWithCorpus('a live parachain', (corpus) => {
  const code = () => readFileSync(corpus.path('bridge-hub-paseo-2000006.compact.compressed.wasm'));
  const chain = useParachain(code, () => ({
    id: 1002,
    hostConfig: { max_code_size: 3_000_000, validation_upgrade_cooldown: 100 },
    restricted: true,
    goAhead: 'Abort',
    pendingCode: future,
    lastRelayBlock: 77,
  }));

  it('gives a part of the limits, and itself', async function () {
    this.timeout(90_000);
    await using reader = await openChain(chain().url);
    assert.deepEqual([reader.kind, reader.specName, reader.specVersion], ['parachain', 'bridge-hub-paseo', 2_000_006]);
    const { maxCodeSize, bombLimit, upgradeCooldown, notes } = await reader.limits();
    assert.deepEqual([maxCodeSize, bombLimit, upgradeCooldown], [3_000_000, 30_000_000, 100]);
    assert.match(notes.join('\n'), /relay block 77/);
    const [own, pending] = [hashOf(code()), hashOf(future)];
    assert.deepEqual(await reader.paras(), [
      {
        id: 1002,
        upgrade: { currentCodeHash: own, futureCodeHash: pending, goAhead: 'abort', isRestricted: true },
        codes: [
          { is: 'current', codeHash: own },
          { is: 'pending', codeHash: pending },
        ],
      },
    ]);
    assert.deepEqual(await reader.code(own), new Uint8Array(code()));
    assert.deepEqual(await reader.code(pending), future);
  });
});
