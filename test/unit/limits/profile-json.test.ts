import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseConfig } from '../../../src/limits/json-file.ts';
import { profileJson } from '../../../src/limits/profile-json.ts';
import { profileSchema } from '../../../src/limits/profile-schema.ts';

const amount = fc.integer({ min: 1, max: 20_000_000 });

/** Each of the values may be given, or not. */
const values = {
  bombLimit: amount,
  maxPovSize: amount,
  blockLength: amount,
  upgradeCooldown: amount,
  upgradeDelay: amount,
  minimumUpgradeDelay: amount,
  votingTtl: amount,
  executorParams: fc.constantFrom(
    [],
    [{ name: 'PrecheckingMaxMemory', value: '2147483648' }],
    [{ name: 'PvfPrepTimeout', kind: 'Precheck', value: 60_000 }, { name: 'WasmExtBulkMemory' }],
  ),
};

const given = fc.record(
  {
    name: fc.constant('polkadot'),
    source: fc.constant('a chain'),
    date: fc.constant('2026-11-26'),
    maxCodeSize: amount,
    ...values,
    pending: fc
      .array(fc.record({ maxCodeSize: amount, ...values }, { requiredKeys: [] }), { maxLength: 4 })
      .map((changes) => changes.map((change, at) => ({ ...change, fromSession: 10 * (at + 1) }))),
    chain: fc.constant('polkadot'),
    specVersion: amount,
    block: fc.constant({ number: 7, hash: `0x${'0a'.repeat(32)}` }),
    session: amount,
    rpc: fc.constant('wss://rpc.example.org'),
    notes: fc.array(fc.constantFrom('the bomb limit was derived', 'no voting TTL'), { maxLength: 2 }),
  },
  { requiredKeys: ['name', 'source', 'date', 'maxCodeSize'] },
);

const read = (value: unknown) => parseConfig(profileSchema, 'profile', value);

describe('the writer of profile files', () => {
  it('writes what reads back as the same profile', () => {
    fc.assert(
      fc.property(given, (file) => {
        const profile = read(file);
        assert.deepEqual(read(JSON.parse(profileJson(profile))), profile);
      }),
    );
  });

  it('writes only what a scheduled change changes', () => {
    const profile = read({
      ...{ name: 'a', source: 'b', date: '2026-11-26', maxCodeSize: 3_000_000, votingTtl: 2 },
      pending: [{ fromSession: 9, maxCodeSize: 5_000_000 }],
    });
    assert.deepEqual(JSON.parse(profileJson(profile)).pending, [{ fromSession: 9, maxCodeSize: 5_000_000 }]);
  });
});
