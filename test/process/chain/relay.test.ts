import assert from 'node:assert/strict';
import { toHex } from '../../../src/base/bytes.ts';
import { blake2b256 } from '../../../src/base/hash.ts';
import type { ChainReader } from '../../../src/chain/chain-reader.ts';
import { openChain } from '../../../src/chain/open-chain.ts';
import { BLOCK, type FakeChain, GENESIS, Refusal, startFakeNode } from '../../support/fake-node.ts';
import { hostConfiguration, relayChain, relayMetadata } from '../../support/fake-relay.ts';

const code = Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0, 42);
const codeHash = toHex(blake2b256(code));
const [hashA, hashB, hashC] = ['0a', '0b', '0c'].map((byte) => `0x${byte.repeat(32)}`) as [string, string, string];

async function withChain(chain: FakeChain, use: (reader: ChainReader, asked: readonly string[]) => Promise<void>) {
  await using node = await startFakeNode(chain);
  await using reader = await openChain(node.url);
  await use(reader, node.asked);
}

describe('a relay chain', function () {
  this.timeout(60_000);

  it('is known by its versions, genesis and newest finalized block', async () => {
    await withChain(relayChain(), async (reader) => {
      const { kind, specName, specVersion, transactionVersion, genesisHash, block } = reader;
      assert.deepEqual(
        { kind, specName, specVersion, transactionVersion, genesisHash, block },
        {
          kind: 'relay',
          specName: 'testnet',
          specVersion: 1_000_000,
          transactionVersion: 26,
          genesisHash: GENESIS,
          block: { number: 0x1000, hash: BLOCK },
        },
      );
    });
  });

  it('gives the metadata of its runtime', async () => {
    await withChain(relayChain(), async (reader) => {
      assert.deepEqual(await reader.metadata(), relayMetadata());
    });
  });

  describe('limits', () => {
    it('are those of the host configuration, the session and the runtime', async () => {
      await withChain(relayChain(), async (reader) => {
        const { date, source, rpc, ...profile } = await reader.limits();
        assert.match(date, /^\d{4}-\d\d-\d\d$/);
        assert.match(source, /ActiveConfig of testnet 1000000 at block 4096, read from ws:\/\/127/);
        assert.match(rpc ?? '', /^ws:\/\/127\.0\.0\.1:\d+$/);
        assert.deepEqual(profile, {
          name: 'testnet',
          chain: 'testnet',
          specVersion: 1_000_000,
          block: { number: 0x1000, hash: BLOCK },
          session: 7,
          maxCodeSize: 3_145_728,
          bombLimit: 31_457_280,
          executorParams: [{ tag: 'MaxMemoryPages', value: 8192 }],
          maxPovSize: 5_242_880,
          blockLength: 5_242_880,
          upgradeCooldown: 14_400,
          upgradeDelay: 600,
          minimumUpgradeDelay: 5,
          votingTtl: 2,
          pending: [],
          notes: [],
        });
      });
    });

    it('that are scheduled have the session from which they hold, and all values', async () => {
      const larger = { ...hostConfiguration, max_code_size: 5 * 1024 * 1024 };
      const later = { ...larger, executor_params: [{ type: 'PrecheckingMaxMemory', value: 2n ** 31n }] };
      const values = [
        [
          'Configuration.PendingConfigs',
          [],
          [
            [9, larger],
            [10, later],
          ],
        ],
      ] as const;
      await withChain(relayChain({ values }), async (reader) => {
        const { pending, maxCodeSize } = await reader.limits();
        assert.equal(maxCodeSize, 3_145_728);
        const values = pending.map(({ fromSession, maxCodeSize, bombLimit, executorParams, votingTtl }) => [
          ...[fromSession, maxCodeSize, bombLimit, executorParams, votingTtl],
        ]);
        assert.deepEqual(values, [
          [9, 5_242_880, 52_428_800, [{ tag: 'MaxMemoryPages', value: 8192 }], 2],
          [10, 5_242_880, 52_428_800, [{ tag: 'PrecheckingMaxMemory', value: 2n ** 31n }], 2],
        ]);
      });
    });

    it('that are due take effect in the next session, and what changes no limit is left out', async () => {
      const first = { ...hostConfiguration, max_code_size: 4_000_000 };
      const due = { ...hostConfiguration, max_code_size: 4_500_000 };
      const values = [
        [
          'Configuration.PendingConfigs',
          [],
          [
            [5, first],
            [8, due],
            [9, due],
          ],
        ],
      ] as const;
      await withChain(relayChain({ values }), async (reader) => {
        const { pending } = await reader.limits();
        assert.deepEqual(
          pending.map(({ fromSession, maxCodeSize }) => [fromSession, maxCodeSize]),
          [[8, 4_500_000]],
        );
      });
    });

    it('have the executor params of the session in force, and those of the configuration pending', async () => {
      const sessionParams = [
        { type: 'PvfPrepTimeout', value: [{ type: 'Precheck' }, 30_000n] },
        { type: 'WasmExtBulkMemory' },
      ];
      const calls = { 'ParachainHost.session_executor_params': sessionParams };
      await withChain(relayChain({ calls }), async (reader) => {
        const { executorParams, pending } = await reader.limits();
        assert.deepEqual(executorParams, [
          { tag: 'PvfPrepTimeout', value: { kind: 'Precheck', millis: 30_000n } },
          { tag: 'WasmExtBulkMemory', value: undefined },
        ]);
        assert.deepEqual(
          pending.map(({ fromSession, executorParams }) => [fromSession, executorParams]),
          [[8, [{ tag: 'MaxMemoryPages', value: 8192 }]]],
        );
      });
    });

    it('of an older runtime say what it does not tell', async () => {
      const older = relayChain({ hasBombLimit: false, hasSessionParams: false, hasBlockLength: false });
      await withChain(older, async (reader) => {
        const { bombLimit, executorParams, blockLength, notes } = await reader.limits();
        assert.equal(bombLimit, 12 * 1024 * 1024);
        assert.deepEqual(executorParams, [{ tag: 'MaxMemoryPages', value: 8192 }]);
        assert.equal(blockLength, undefined);
        assert.equal(notes.length, 3);
        assert.match(notes.join('\n'), /bomb limit.*\n.*executor params of session 7.*\n.*block length/);
      });
    });

    it('take the params of the configuration when the session has none', async () => {
      await withChain(relayChain({ calls: { 'ParachainHost.session_executor_params': undefined } }), async (reader) => {
        const { executorParams, notes } = await reader.limits();
        assert.deepEqual(executorParams, [{ tag: 'MaxMemoryPages', value: 8192 }]);
        assert.match(notes.join('\n'), /executor params of session 7/);
      });
    });

    it('with an executor param that this tool does not know are an error that names it', async () => {
      const calls = { 'ParachainHost.session_executor_params': [{ type: 'FuelPerBlock', value: 5n }] };
      await withChain(relayChain({ unknownParam: true, calls }), async (reader) => {
        await assert.rejects(reader.limits(), /session_executor_params.*FuelPerBlock.*Update this tool/);
      });
    });

    it('of an endpoint with a key do not hold it', async () => {
      await using node = await startFakeNode(relayChain());
      await using reader = await openChain(`${node.url.replace('://', '://user:hunter2@')}/k3y?apikey=k3y`);
      const profile = await reader.limits();
      assert.equal(profile.rpc, undefined);
      assert.match(profile.notes.join('\n'), /address of the endpoint is not stored/);
      const texts = [profile.source, ...profile.notes, reader.url];
      assert(!texts.some((text) => /hunter2|k3y/.test(text)));
    });

    it('of a chain whose state is empty are an error', async () => {
      const empty = { ...relayChain(), values: [] };
      await withChain(empty, async (reader) => {
        await assert.rejects(reader.limits(), /ActiveConfig has a max_code_size of 0.*state.*synchronized/);
      });
    });
  });

  describe('parachains', () => {
    it('have their codes, and where their upgrades stand', async () => {
      const vote = {
        votes_accept: [1, 1, 0, 0, 0, 0, 0, 0, 0, 1],
        votes_reject: [0, 0, 1, 0, 0, 0, 0, 0, 0, 0],
        age: 1,
        created_at: 4000,
        causes: [
          { type: 'Upgrade', value: { id: 2000, included_at: 4000 } },
          { type: 'Onboarding', value: 3333 },
        ],
      };
      const values = [
        ['Paras.Parachains', [], [1000, 2000]],
        ['Paras.CurrentCodeHash', [2000], hashA],
        ['Paras.CurrentCodeHash', [1000], codeHash],
        // An on-demand chain is not in `Parachains`.
        ['Paras.CurrentCodeHash', [4009], codeHash],
        ['Paras.FutureCodeHash', [2000], hashB],
        ['Paras.FutureCodeHash', [1000], hashC],
        ['Paras.FutureCodeUpgrades', [1000], 4700],
        ['Paras.UpgradeGoAheadSignal', [1000], { type: 'GoAhead' }],
        ['Paras.UpgradeRestrictionSignal', [1000], { type: 'Present' }],
        ['Paras.UpgradeRestrictionSignal', [2000], { type: 'Present' }],
        ['Paras.UpgradeCooldowns', [], [[1000, 18_400]]],
        ['Paras.PvfActiveVoteMap', [hashB], vote],
      ] as const;
      await withChain(relayChain({ values }), async (reader) => {
        const found = { codeHash: hashB, accept: 3, reject: 1, validators: 10, sessions: 1 };
        assert.deepEqual(await reader.paras(), [
          {
            id: 1000,
            upgrade: {
              currentCodeHash: codeHash,
              futureCodeHash: hashC,
              enactedAt: 4700,
              cooldownUntil: 18_400,
              goAhead: 'go-ahead',
              isRestricted: true,
            },
            codes: [
              { is: 'current', codeHash },
              { is: 'pending', codeHash: hashC },
            ],
          },
          {
            id: 2000,
            upgrade: { currentCodeHash: hashA, futureCodeHash: hashB, vote: found, isRestricted: true },
            codes: [
              { is: 'current', codeHash: hashA },
              { is: 'pending', codeHash: hashB },
            ],
          },
          { id: 3333, upgrade: { vote: found }, codes: [{ is: 'pending', codeHash: hashB }] },
          { id: 4009, upgrade: { currentCodeHash: codeHash }, codes: [{ is: 'current', codeHash }] },
        ]);
        assert.equal((await reader.para(2000))?.id, 2000);
        assert.equal(await reader.para(2001), undefined);
      });
    });

    it('take a few requests, however many there are', async () => {
      const values = Array.from({ length: 1500 }, (_, at) => ['Paras.CurrentCodeHash', [at], hashA] as const);
      await withChain(relayChain({ values }), async (reader, asked) => {
        const before = asked.length;
        assert.equal((await reader.paras()).length, 1500);
        await reader.para(3);
        assert(asked.length - before < 20, `${asked.length - before} requests`);
      });
    });
  });

  describe('codes', () => {
    it('are the bytes of the hash', async () => {
      await withChain(relayChain({ values: [['Paras.CodeByHash', [codeHash], code]] }), async (reader) => {
        assert.deepEqual(await reader.code(codeHash), code);
        assert.deepEqual(await reader.code(codeHash.toUpperCase().replace('0X', '0x')), code);
      });
    });

    it('with 10 MB are read', async () => {
      const large = new Uint8Array(10 * 1024 * 1024).fill(7);
      const hash = toHex(blake2b256(large));
      await withChain(relayChain({ values: [['Paras.CodeByHash', [hash], large]] }), async (reader) => {
        assert.equal((await reader.code(hash)).length, large.length);
      });
    });

    it('that are not there are an error, and the next read works', async () => {
      await withChain(relayChain(), async (reader) => {
        await assert.rejects(reader.code(hashA), /no code with the hash 0x0a0a/);
        assert.equal((await reader.limits()).session, 7);
      });
    });

    it('come from a newer block when the node has dropped the state of this one', async () => {
      const newer = `0x${'b2'.repeat(32)}`;
      let isOld = false;
      const chain = relayChain({ values: [['Paras.CodeByHash', [codeHash], code]] });
      await using node = await startFakeNode(chain, (method, params) => {
        if (!isOld) return undefined;
        if (method === 'chain_getFinalizedHead') return newer;
        if (params.at(-1) === BLOCK) throw new Refusal(4003, 'State already discarded');
        return undefined;
      });
      await using reader = await openChain(node.url);
      isOld = true;
      assert.deepEqual(await reader.code(codeHash), code);
    });
  });
});
