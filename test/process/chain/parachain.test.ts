import assert from 'node:assert/strict';
import { toHex } from '../../../src/base/bytes.ts';
import { blake2b256 } from '../../../src/base/hash.ts';
import { openChain } from '../../../src/chain/open-chain.ts';
import { CODE_KEY, type FakeChain, startFakeNode } from '../../support/fake-node.ts';
import { parachainMetadata, soloMetadata } from '../../support/fake-relay.ts';
import { exampleMetadata } from '../../support/metadata-bytes.ts';

const code = Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0);
const newCode = Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0, 1);
const [codeHash, newCodeHash] = [toHex(blake2b256(code)), toHex(blake2b256(newCode))];

const hostConfiguration = {
  max_code_size: 4_000_000,
  validation_upgrade_cooldown: 14_400,
  validation_upgrade_delay: 600,
};

const parachain: FakeChain = {
  metadata: parachainMetadata(),
  version: { specName: 'hydradx' },
  values: [
    ['ParachainInfo.ParachainId', [], 2034],
    ['ParachainSystem.HostConfiguration', [], hostConfiguration],
    ['ParachainSystem.ValidationData', [], { relay_parent_number: 9000, max_pov_size: 5_242_880 }],
    ['ParachainSystem.LastRelayChainBlockNumber', [], 9000],
    ['ParachainSystem.PendingValidationCode', [], newCode],
    ['ParachainSystem.UpgradeGoAhead', [], { type: 'GoAhead' }],
    ['ParachainSystem.UpgradeRestrictionSignal', [], { type: 'Present' }],
  ],
  raw: { [CODE_KEY]: toHex(code) },
};

describe('a parachain', function () {
  this.timeout(60_000);

  it('gives what it knows of its relay chain, and says what it does not', async () => {
    await using node = await startFakeNode(parachain);
    await using reader = await openChain(node.url);
    const { maxCodeSize, bombLimit, executorParams, maxPovSize, upgradeCooldown, upgradeDelay, notes, ...others } =
      await reader.limits();
    assert.equal(reader.kind, 'parachain');
    assert.deepEqual(
      { maxCodeSize, bombLimit, executorParams, maxPovSize, upgradeCooldown, upgradeDelay },
      {
        maxCodeSize: 4_000_000,
        bombLimit: 40_000_000,
        executorParams: [],
        maxPovSize: 5_242_880,
        upgradeCooldown: 14_400,
        upgradeDelay: 600,
      },
    );
    assert.deepEqual([others.chain, others.session, others.block, others.blockLength], Array(4).fill(undefined));
    for (const missing of [/bomb limit/, /executor params/, /block length/, /relay block 9000/]) {
      assert.match(notes.join('\n'), missing);
    }
  });

  it('has itself, with its own code and the one that waits', async () => {
    await using node = await startFakeNode(parachain);
    await using reader = await openChain(node.url);
    assert.deepEqual(await reader.paras(), [
      {
        id: 2034,
        upgrade: {
          currentCodeHash: codeHash,
          futureCodeHash: newCodeHash,
          goAhead: 'go-ahead',
          isRestricted: true,
        },
        codes: [
          { is: 'current', codeHash },
          { is: 'pending', codeHash: newCodeHash },
        ],
      },
    ]);
    assert.deepEqual(await reader.code(codeHash), code);
    assert.deepEqual(await reader.code(newCodeHash), newCode);
    await assert.rejects(reader.code(`0x${'11'.repeat(32)}`), /no code with the hash 0x1111/);
  });

  it('without an upgrade has no signals', async () => {
    const { values = [], ...others } = parachain;
    await using node = await startFakeNode({ ...others, values: values.slice(0, 2) });
    await using reader = await openChain(node.url);
    assert.deepEqual(await reader.para(2034), {
      id: 2034,
      upgrade: { currentCodeHash: codeHash },
      codes: [{ is: 'current', codeHash }],
    });
  });

  it('that has not seen its relay chain gives no limits', async () => {
    await using node = await startFakeNode({ ...parachain, values: [] });
    await using reader = await openChain(node.url);
    await assert.rejects(reader.limits(), /HostConfiguration has no value.*node of the relay chain/);
  });
});

describe('the runtime of the example', function () {
  this.timeout(60_000);
  let versions: readonly Uint8Array[] = [];
  before(async () => {
    versions = await exampleMetadata();
  });
  for (const [at, version] of [14, 15, 16].entries()) {
    it(`is known by its metadata of version ${version}`, async () => {
      const metadata = versions[at] ?? new Uint8Array();
      await using node = await startFakeNode({ metadata });
      await using reader = await openChain(node.url);
      assert.equal(reader.kind, 'parachain');
      assert.deepEqual(await reader.metadata(), metadata);
    });
  }
});

it('a chain that is neither a relay chain nor a parachain is refused', async () => {
  await using node = await startFakeNode({ metadata: soloMetadata() });
  await assert.rejects(openChain(node.url), {
    name: 'ChainError',
    message: new RegExp(`^${node.url}: the chain is neither a relay chain nor a parachain\\. Give the address`),
  });
}).timeout(60_000);
