import assert from 'node:assert/strict';
import { utimesSync } from 'node:fs';
import { ConfigError } from '../../../src/limits/json-file.ts';
import { loadProfile } from '../../../src/limits/profile-file.ts';
import { useTempFolder } from '../runtime/temp-folder.ts';

/** As polkadot-js shows it (polkadot-sdk zombienet test). */
const human = {
  maxCodeSize: '3,145,728',
  maxHeadDataSize: '20,480',
  maxPovSize: '10,485,760',
  validationUpgradeCooldown: '14,400',
  validationUpgradeDelay: '600',
  minimumValidationUpgradeDelay: '15',
  pvfVotingTtl: '2',
  executorParams: [
    { MaxMemoryPages: '8,192' },
    { PvfExecTimeout: ['Backing', '2,500'] },
    { PvfExecTimeout: ['Approval', '15,000'] },
    { PrecheckingMaxMemory: '2,147,483,648' },
    'WasmExtBulkMemory',
    { EnabledHostFunction: 'EccRfc163' },
  ],
};

const json = {
  maxCodeSize: 3_145_728,
  maxPovSize: 10_485_760,
  validationUpgradeCooldown: 14_400,
  validationUpgradeDelay: 600,
  minimumValidationUpgradeDelay: 15,
  pvfVotingTtl: 2,
  executorParams: [
    { maxMemoryPages: 8192 },
    { pvfExecTimeout: ['Backing', 2500] },
    { pvfExecTimeout: ['Approval', 15_000] },
    { precheckingMaxMemory: 2_147_483_648 },
    { wasmExtBulkMemory: null },
    { enabledHostFunction: 'EccRfc163' },
  ],
};

const papi = {
  max_code_size: 3_145_728,
  max_pov_size: 10_485_760,
  validation_upgrade_cooldown: 14_400,
  validation_upgrade_delay: 600,
  minimum_validation_upgrade_delay: 15,
  pvf_voting_ttl: 2,
  executor_params: [
    { type: 'MaxMemoryPages', value: 8192 },
    { type: 'PvfExecTimeout', value: [{ type: 'Backing' }, '2500n'] },
    { type: 'PvfExecTimeout', value: [{ type: 'Approval' }, '15000'] },
    { type: 'PrecheckingMaxMemory', value: '2147483648' },
    { type: 'WasmExtBulkMemory' },
    { type: 'EnabledHostFunction', value: { type: 'EccRfc163' } },
  ],
};

const genesis = {
  max_code_size: 3_145_728,
  max_pov_size: 10_485_760,
  validation_upgrade_cooldown: 14_400,
  validation_upgrade_delay: 600,
  minimum_validation_upgrade_delay: 15,
  pvf_voting_ttl: 2,
  executor_params: [
    { MaxMemoryPages: 8192 },
    { PvfExecTimeout: ['Backing', 2500] },
    { PvfExecTimeout: ['Approval', 15_000] },
    { PrecheckingMaxMemory: 2_147_483_648 },
    'WasmExtBulkMemory',
    { EnabledHostFunction: 'EccRfc163' },
  ],
};

const values = {
  maxPovSize: 10_485_760,
  upgradeCooldown: 14_400,
  upgradeDelay: 600,
  minimumUpgradeDelay: 15,
  votingTtl: 2,
};

const params = [
  { tag: 'MaxMemoryPages', value: 8192 },
  { tag: 'PvfExecTimeout', value: { kind: 'Backing', millis: 2500n } },
  { tag: 'PvfExecTimeout', value: { kind: 'Approval', millis: 15_000n } },
  { tag: 'PrecheckingMaxMemory', value: 2_147_483_648n },
  { tag: 'WasmExtBulkMemory', value: undefined },
  { tag: 'EnabledHostFunction', value: 'EccRfc163' },
];

const spec = (inner: object) => ({ name: 'Rococo Local', id: 'rococo_local', chainType: 'Local', genesis: inner });

const forms: Readonly<Record<string, readonly [file: object, place: string]>> = {
  'polkadot-js, for people': [human, ''],
  'polkadot-js, as JSON': [json, ''],
  'polkadot-js, in the answer of an RPC call': [{ jsonrpc: '2.0', result: json, id: 1 }, 'result'],
  'polkadot-js, under its storage item': [{ activeConfig: human }, 'activeConfig'],
  'polkadot-js-api on the command line': [{ 'configuration.activeConfig': human }, 'configuration.activeConfig'],
  'the REST sidecar': [{ at: {}, pallet: 'configuration', storageItem: 'activeConfig', value: json }, 'value'],
  'polkadot-api': [papi, ''],
  'polkadot-api, under its storage item': [{ Configuration: { ActiveConfig: papi } }, 'Configuration.ActiveConfig'],
  'a genesis config': [{ configuration: { config: genesis } }, 'configuration.config'],
  'a chain spec with a patch': [
    spec({ runtimeGenesis: { code: '0x', patch: { configuration: { config: genesis } } } }),
    'genesis.runtimeGenesis.patch.configuration.config',
  ],
  'a chain spec with a whole config': [
    spec({ runtimeGenesis: { code: '0x', config: { balances: {}, configuration: { config: genesis } } } }),
    'genesis.runtimeGenesis.config.configuration.config',
  ],
  'an old chain spec': [
    spec({ runtime: { runtime_genesis_config: { configuration: { config: genesis } } } }),
    'genesis.runtime.runtime_genesis_config.configuration.config',
  ],
};

describe('a host configuration of a relay chain as a profile', () => {
  const folder = useTempFolder();
  const load = (value: unknown) => loadProfile(folder.write('chain.json', JSON.stringify(value)));

  for (const [form, [file, place]] of Object.entries(forms)) {
    it(`is read as written by ${form}`, async () => {
      const path = folder.write('chain.json', JSON.stringify(file));
      utimesSync(path, 1_700_000_000, 1_700_000_000);
      const { source, ...profile } = await loadProfile(path);
      assert.deepEqual(profile, {
        name: 'chain',
        date: '2023-11-14',
        maxCodeSize: 3_145_728,
        bombLimit: 31_457_280,
        ...values,
        executorParams: params,
        pending: [],
        notes: [
          'the file has no bomb limit: taken as 10 times max_code_size (polkadot-sdk PR 7760)',
          'the file has no PendingConfigs: scheduled changes are not known',
          'the date is that of the last change of the file',
        ],
      });
      assert.equal(source, `Configuration.ActiveConfig in ${path}${place && ` (${place})`}`);
    });
  }

  it('says that executor params are not in it', async () => {
    const profile = await load({ maxCodeSize: '3,145,728', maxHeadDataSize: '20,480' });
    assert.deepEqual(profile.executorParams, []);
    assert.match(profile.notes.join('; '), /the file has no executor params: taken as the defaults/);
    assert.equal(profile.maxPovSize, undefined);
  });

  it('may have the bomb limit beside it', async () => {
    const { notes, bombLimit } = await load({ ...papi, validation_code_bomb_limit: '7n' });
    assert.equal(bombLimit, 7);
    assert.doesNotMatch(notes.join('; '), /bomb limit/);
  });

  const later = { ...json, maxCodeSize: '5,242,880', executorParams: [] };
  const changed = { maxCodeSize: 5_242_880, bombLimit: 52_428_800, executorParams: [] };
  const unchanged = { maxCodeSize: 3_145_728, bombLimit: 31_457_280, executorParams: params };
  const beside: Readonly<Record<string, object>> = {
    'in one object': { activeConfig: human, pendingConfigs: [['1,234', later]] },
    'under the pallet': { Configuration: { ActiveConfig: papi, PendingConfigs: [[1234, later]] } },
    'in an answer': { configuration: { result: json }, pending_configs: [['1234n', later]] },
    'with dotted names': { 'configuration.activeConfig': human, 'configuration.pendingConfigs': [['1,234', later]] },
    'in the configuration': { ...human, pendingConfigs: [['1,234', later]] },
  };
  for (const [where, file] of Object.entries(beside)) {
    it(`may have PendingConfigs beside it, ${where}`, async () => {
      const { pending, notes } = await load(file);
      assert.deepEqual(pending, [{ ...values, ...changed, fromSession: 1234 }]);
      assert.doesNotMatch(notes.join('; '), /PendingConfigs/);
    });
  }

  it('has its PendingConfigs in the order of their sessions, each on top of the one before', async () => {
    const { pending } = await load({
      activeConfig: human,
      pendingConfigs: [
        [9, { maxCodeSize: 3_145_728, maxPovSize: 5 }],
        [7, { maxCodeSize: 3_145_728, pvfVotingTtl: '4' }],
      ],
    });
    assert.deepEqual(pending, [
      { ...values, ...unchanged, votingTtl: 4, fromSession: 7 },
      { ...values, ...unchanged, votingTtl: 4, maxPovSize: 5, fromSession: 9 },
    ]);
  });

  it('may begin with a byte order mark', async () => {
    const path = folder.write('chain.json', `\uFEFF${JSON.stringify(human)}`);
    assert.equal((await loadProfile(path)).maxCodeSize, 3_145_728);
  });

  const param = (one: unknown) => ({ maxCodeSize: 5, executorParams: [one] });
  const invalid: Readonly<Record<string, readonly [file: unknown, cause: RegExp]>> = {
    'hexadecimal digits': [
      { maxCodeSize: '0x300000' },
      /maxCodeSize must be a whole number from 1 to 4294967295, not "0x300000"/,
    ],
    'commas at wrong places': [{ maxCodeSize: '3,14' }, /maxCodeSize must be a whole number .*not "3,14"/],
    'a decimal point': [{ maxCodeSize: '3.145.728' }, /maxCodeSize must be a whole number/],
    'a unit': [{ maxCodeSize: '3 MiB' }, /maxCodeSize must be a whole number/],
    'a negative number': [{ max_code_size: -1 }, /max_code_size must be a whole number from 1/],
    'a code size of 0, the default of an empty state': [
      { maxCodeSize: '0' },
      /maxCodeSize must be a whole number from 1/,
    ],
    'half a byte': [{ maxCodeSize: 1.5 }, /maxCodeSize must be a whole number/],
    'a null': [{ maxCodeSize: null }, /maxCodeSize must be a whole number .*not null/],
    'a number beyond 2^53': [{ maxCodeSize: 1e300 }, /maxCodeSize must be a whole number/],
    'a code size whose bomb limit is above 32 bits': [
      { maxCodeSize: '1,073,741,824' },
      /maxCodeSize .*must fit 32 bits/,
    ],
    'a wrong value in a chain spec': [
      spec({ runtimeGenesis: { patch: { configuration: { config: { max_code_size: 'x' } } } } }),
      /: genesis\.runtimeGenesis\.patch\.configuration\.config\.max_code_size must be/,
    ],
    'params that are no list': [{ maxCodeSize: 5, executorParams: '0x00' }, /executorParams must be an array/],
    'a param that is unknown': [
      param({ MaxStackDepth: '5' }),
      /executorParams\[0\] is an executor param that this version does not know: "MaxStackDepth"\. .*Update this tool, or remove/,
    ],
    'a param that is a member of every object': [param('toString'), /does not know: "toString"/],
    'a param that is a number': [param(5), /executorParams\[0\] must be an executor param, not 5/],
    'a param with two names': [
      param({ MaxMemoryPages: 1, StackLogicalMax: 1 }),
      /executorParams\[0\] must be an executor param/,
    ],
    'a param out of range': [
      param({ MaxMemoryPages: '65,537' }),
      /executorParams\[0\]\.MaxMemoryPages must be a whole number from 1 to 65536/,
    ],
    'a param with a hexadecimal value': [
      param({ type: 'PrecheckingMaxMemory', value: '0x80000000' }),
      /executorParams\[0\]\.PrecheckingMaxMemory must be/,
    ],
    'a param without its value': [
      param('MaxMemoryPages'),
      /executorParams\[0\]\.MaxMemoryPages must have a number, not nothing/,
    ],
    'a param with a value too many': [
      param({ WasmExtBulkMemory: 1 }),
      /executorParams\[0\]\.WasmExtBulkMemory must have no value, not 1/,
    ],
    'a timeout without its kind': [
      param({ PvfPrepTimeout: '1,000' }),
      /PvfPrepTimeout must have a kind \(Precheck or Prepare\) and a number/,
    ],
    "another timeout's kind": [
      param({ PvfPrepTimeout: ['Backing', 5] }),
      /PvfPrepTimeout\[0\] must have the kind Precheck or Prepare, not "Backing"/,
    ],
    'a timeout that is no number': [
      param({ PvfPrepTimeout: ['Precheck', 'x'] }),
      /PvfPrepTimeout\[1\] must be a whole number/,
    ],
    'a param twice': [
      { maxCodeSize: 5, executorParams: [{ MaxMemoryPages: 1 }, { maxMemoryPages: 2 }] },
      /executorParams\[1\] repeats an earlier param/,
    ],
    'a proof size in hexadecimal digits': [
      { maxCodeSize: 5, maxPovSize: '0x5' },
      /: maxPovSize must be a whole number/,
    ],
    'a TTL that does not fit 32 bits': [{ maxCodeSize: 5, pvf_voting_ttl: 2 ** 32 }, /: pvf_voting_ttl must be/],
    'scheduled changes that are no list': [
      { activeConfig: human, pendingConfigs: '0x' },
      /: pendingConfigs must be an array, not "0x"/,
    ],
    'a scheduled change without a session': [
      { activeConfig: human, pendingConfigs: [human] },
      /: pendingConfigs\[0\] must be a session and a host configuration/,
    ],
    'a scheduled change with a wrong value': [
      { Configuration: { ActiveConfig: papi, PendingConfigs: [[5, { max_code_size: 'x' }]] } },
      /: Configuration\.PendingConfigs\[0\]\[1\]\.max_code_size must be/,
    ],
    'a scheduled change without a code size': [
      { activeConfig: human, pendingConfigs: [[5, { maxPovSize: 1 }]] },
      /: pendingConfigs\[0\]\[1\]\.max_code_size is missing/,
    ],
    'a scheduled code size whose bomb limit is above 32 bits': [
      { activeConfig: human, pendingConfigs: [[5, { maxCodeSize: '1,073,741,824' }]] },
      /: pendingConfigs gives a bomb limit of 10737418240, which must fit 32 bits/,
    ],
    'endless scheduled changes': [
      { activeConfig: human, pendingConfigs: Array.from({ length: 17 }, () => [5, human]) },
      /: pendingConfigs has 17 entries, more than 16/,
    ],
    'a raw chain spec': [
      spec({ raw: { top: {} } }),
      /this is a raw chain spec, whose storage is encoded\. Give Configuration/,
    ],
    "a parachain's chain spec": [
      spec({ runtimeGenesis: { patch: { balances: {} } } }),
      /this is a chain spec without a host configuration\. Only that of a relay chain/,
    ],
    'an encoded value': [{ jsonrpc: '2.0', result: '0x00003000', id: 1 }, /result is an encoded storage value\. Give/],
    'the error of an RPC call': [{ jsonrpc: '2.0', error: { code: -1 }, id: 1 }, /this is the error of an RPC call/],
  };
  for (const [name, [file, cause]] of Object.entries(invalid)) {
    it(`is rejected for ${name}`, async () => {
      await assert.rejects(load(file), (error) => {
        assert.ok(error instanceof ConfigError, String(error));
        assert.match(error.message, /^.*chain\.json: [^\n]*\.$/);
        assert.match(error.message, cause);
        return true;
      });
    });
  }

  it('does not hide a defect of a profile file', async () => {
    await assert.rejects(load({ name: 'mine', maxCodeSize: '5' }), /source must be a non-empty string/);
    await assert.rejects(
      load({ maxCodeSize: 5, executorParams: [{ name: 'MaxMemoryPages', value: 1 }] }),
      /name must be a non-empty string/,
    );
    await assert.rejects(load({}), /name must be a non-empty string/);
  });
});
