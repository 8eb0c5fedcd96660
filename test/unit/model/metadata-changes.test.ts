import assert from 'node:assert/strict';
import type { MetadataType, PalletVariant, RuntimeMetadata } from '../../../src/model/metadata.ts';
import { changeText } from '../../../src/model/metadata-change-text.ts';
import { metadataChanges } from '../../../src/model/metadata-changes.ts';
import { named, sampleMetadata, samplePallet, type, withPallet, withType } from '../../support/sample-metadata.ts';

const { calls, events, errors, storage, constants } = samplePallet;
const [create, close, batch] = calls as readonly [PalletVariant, PalletVariant, PalletVariant];
const [statuses, total] = storage as unknown as readonly [(typeof storage)[number], (typeof storage)[number]];
const plain = { path: [], params: [] };
const status = { path: ['pallet_sample', 'Status'], params: [], kind: 'variant' } as const;
const open = { name: 'Open', index: 0, fields: [] };
const closed = { name: 'Closed', index: 1, fields: [{ name: 'at', type: type.u32 }] };

function changesTo(newer: RuntimeMetadata, older = sampleMetadata): string[] {
  return metadataChanges(older, newer).map((change) => `${change.class}: ${changeText(change)}`);
}

describe('metadataChanges', () => {
  const cases: readonly (readonly [title: string, newer: RuntimeMetadata, changes: readonly string[]])[] = [
    ['the same metadata', sampleMetadata, []],
    [
      'an added pallet',
      {
        ...sampleMetadata,
        pallets: [samplePallet, { ...samplePallet, name: 'Other', index: 7, storagePrefix: 'Other' }],
      },
      ['compatible: pallet Other added (index 7)'],
    ],
    [
      'a removed pallet',
      { ...sampleMetadata, pallets: [] },
      ['needs-transaction-version: pallet Sample removed (index 1)'],
    ],
    [
      'a moved pallet',
      withPallet({ index: 5 }),
      ['needs-transaction-version: pallet Sample moved from index 1 to index 5'],
    ],
    [
      'a renamed pallet with storage',
      withPallet({ name: 'Example', storagePrefix: 'Example' }),
      ['needs-migration: pallet Example renamed from Sample to Example'],
    ],
    [
      'a renamed pallet without storage',
      withPallet({ name: 'Example', storage: [], storagePrefix: 'Example' }),
      [
        'breaks-clients: pallet Example renamed from Sample to Example',
        'breaks-clients: storage Example.Statuses removed (Status)',
        'breaks-clients: storage Example.Total removed (u128)',
      ],
    ],
    [
      'an added call',
      withPallet({ calls: [...calls, { name: 'extra', index: 9, fields: [] }] }),
      ['compatible: call Sample.extra added (index 9)'],
    ],
    [
      'a removed call',
      withPallet({ calls: [create, batch] }),
      ['needs-transaction-version: call Sample.close removed (index 1)'],
    ],
    [
      'a moved call',
      withPallet({ calls: [create, { ...close, index: 3 }, batch] }),
      ['needs-transaction-version: call Sample.close moved from index 1 to index 3'],
    ],
    [
      'a renamed call',
      withPallet({ calls: [create, { ...close, name: 'finish' }, batch] }),
      ['breaks-clients: call Sample.finish renamed from close to finish'],
    ],
    [
      'an added argument',
      withPallet({ calls: [create, { ...close, fields: [...close.fields, named('at', type.u32)] }, batch] }),
      ['needs-transaction-version: argument Sample.close retyped from (status: Status) to (status: Status, at: u32)'],
    ],
    [
      'reordered arguments',
      withPallet({ calls: [{ ...create, fields: create.fields.toReversed() }, close, batch] }),
      [
        'needs-transaction-version: argument Sample.create retyped from (who: AccountId32, amount: u128) to (amount: u128, who: AccountId32)',
      ],
    ],
    [
      'a retyped argument',
      withPallet({
        calls: [{ ...create, fields: [named('who', type.account), named('amount', type.u32)] }, close, batch],
      }),
      ['needs-transaction-version: argument Sample.create.amount retyped from u128 to u32'],
    ],
    [
      'a renamed argument',
      withPallet({
        calls: [{ ...create, fields: [named('owner', type.account), named('amount', type.u128)] }, close, batch],
      }),
      ['breaks-clients: argument Sample.create.owner renamed from who to owner'],
    ],
    [
      'an enum with more values',
      withType(type.status, { ...status, variants: [open, closed, { name: 'Lost', index: 2, fields: [] }] }),
      [
        'compatible: argument Sample.close.status extended from Status to Status with more values',
        'compatible: storage Sample.Statuses extended from Status to Status with more values',
      ],
    ],
    [
      'an enum without a variant',
      withType(type.status, { ...status, variants: [closed] }),
      [
        'needs-transaction-version: argument Sample.close.status retyped from Status (variant 0 Open) to Status (none)',
        'needs-migration: storage Sample.Statuses retyped from Status (variant 0 Open) to Status (none)',
      ],
    ],
    [
      'an enum whose variants trade places',
      withType(type.status, {
        ...status,
        variants: [
          { ...open, index: 1 },
          { ...closed, index: 0 },
        ],
      }),
      [
        'needs-transaction-version: argument Sample.close.status retyped from Status (variant 0 Open (0 fields)) to Status (variant 0 Closed (1 field))',
        'needs-migration: storage Sample.Statuses retyped from Status (variant 0 Open (0 fields)) to Status (variant 0 Closed (1 field))',
      ],
    ],
    [
      'another hasher',
      withPallet({ storage: [{ ...statuses, hashers: ['Identity'] }, total] }),
      ['needs-migration: storage Sample.Statuses retyped from a map by Twox64Concat to a map by Identity'],
    ],
    [
      'a value that becomes a map',
      withPallet({ storage: [statuses, { ...total, hashers: ['Identity'], key: type.u32 }] }),
      ['needs-migration: storage Sample.Total retyped from a single value to a map by Identity'],
    ],
    [
      'another key',
      withPallet({ storage: [{ ...statuses, key: type.account }, total] }),
      ['needs-migration: storage Sample.Statuses retyped from key u32 to key AccountId32'],
    ],
    [
      'another value',
      withPallet({ storage: [statuses, { ...total, value: type.u32 }] }),
      ['needs-migration: storage Sample.Total retyped from u128 to u32'],
    ],
    [
      'another modifier',
      withPallet({ storage: [statuses, { ...total, modifier: 'optional' }] }),
      ['breaks-clients: storage Sample.Total changed from default to optional'],
    ],
    [
      'a removed storage item',
      withPallet({ storage: [statuses] }),
      ['breaks-clients: storage Sample.Total removed (u128)'],
    ],
    [
      'a moved event',
      withPallet({ events: events.map((event) => ({ ...event, index: 4 })) }),
      ['breaks-clients: event Sample.Created moved from index 0 to index 4'],
    ],
    [
      'a removed error',
      withPallet({ errors: errors.slice(0, 1) }),
      ['breaks-clients: error Sample.Frozen removed (index 1)'],
    ],
    [
      'another value of a constant',
      withPallet({ constants: constants.map((constant) => ({ ...constant, value: '0x02' })) }),
      ['compatible: constant Sample.Deposit changed from 0x01 to 0x02'],
    ],
    ['a removed constant', withPallet({ constants: [] }), ['breaks-clients: constant Sample.Deposit removed (0x01)']],
    [
      'an added extension',
      {
        ...sampleMetadata,
        extensions: [...sampleMetadata.extensions, { identifier: 'Tip', type: type.u128, additionalSigned: type.unit }],
      },
      ['needs-transaction-version: extension Tip added (u128, additional signed ())'],
    ],
    [
      'an added extension without bytes',
      {
        ...sampleMetadata,
        extensions: [
          ...sampleMetadata.extensions,
          { identifier: 'Reclaim', type: type.unit, additionalSigned: type.unit },
        ],
      },
      ['breaks-clients: extension Reclaim added ((), additional signed ())'],
    ],
    [
      'extensions in another order',
      { ...sampleMetadata, extensions: sampleMetadata.extensions.toReversed() },
      [
        'needs-transaction-version: extension CheckMetadataHash moved from place 2 to place 1',
        'needs-transaction-version: extension CheckNonce moved from place 1 to place 2',
      ],
    ],
    [
      'a removed runtime API',
      { ...sampleMetadata, apis: sampleMetadata.apis.slice(1) },
      ['breaks-clients: api Core removed (version 1)'],
    ],
    [
      'another result of a runtime API',
      {
        ...sampleMetadata,
        apis: sampleMetadata.apis.map((api) =>
          api.name === 'Core'
            ? { ...api, version: 2, methods: api.methods.map((method) => ({ ...method, output: type.u32 })) }
            : api,
        ),
      },
      [
        'compatible: api Core changed from version 1 to version 2',
        'breaks-clients: method Core.query retyped from returns u128 to returns u32',
      ],
    ],
  ];
  for (const [title, newer, changes] of cases) {
    it(`finds ${title}`, () => assert.deepEqual(changesTo(newer), changes));
  }

  it('ignores names of types, and structs around one value', () => {
    const older = withPallet({ storage: [statuses, { ...total, value: type.u32 }] });
    assert.deepEqual(changesTo(withPallet({ storage: [statuses, { ...total, value: type.id }] }), older), []);
  });

  it('takes a text for a list of bytes', () => {
    const older = withPallet({ storage: [statuses, { ...total, value: type.bytes }] });
    assert.deepEqual(changesTo(withPallet({ storage: [statuses, { ...total, value: type.text }] }), older), []);
  });

  it('does not repeat the changes of calls for each argument that is a call', () => {
    const call = { path: ['sample_runtime', 'RuntimeCall'], params: [], kind: 'variant' } as const;
    const newer = withType(type.call, { ...call, variants: [{ name: 'Sample', index: 3, fields: [] }] });
    assert.deepEqual(changesTo(newer), []);
  });

  it('allows a wider compact number', () => {
    const compact = (item: number) => withType(type.id, { ...plain, kind: 'compact', item });
    const uses = ({ types }: RuntimeMetadata) =>
      withPallet({ storage: [statuses, { ...total, value: type.id }] }, { types });
    assert.deepEqual(changesTo(uses(compact(type.u128)), uses(compact(type.u32))), [
      'compatible: storage Sample.Total extended from Compact<u32> to Compact<u128> with more values',
    ]);
    assert.deepEqual(changesTo(uses(compact(type.u32)), uses(compact(type.u128))), [
      'needs-migration: storage Sample.Total retyped from Compact<u128> to Compact<u32>',
    ]);
  });

  it('leaves out runtime APIs when one of the two has version 14', () => {
    assert.deepEqual(changesTo({ ...sampleMetadata, version: 14, apis: [] }), []);
  });

  const endless: readonly (readonly [title: string, type: MetadataType])[] = [
    ['a struct of itself', { ...plain, kind: 'composite', fields: [{ type: type.id }] }],
    ['two of itself', { ...plain, kind: 'tuple', items: [type.id, type.id] }],
    ['a list of itself', { ...plain, kind: 'sequence', item: type.id }],
    [
      'an enum of itself',
      {
        ...plain,
        kind: 'variant',
        variants: [{ name: 'A', index: 0, fields: [{ type: type.id }, { type: type.id }] }],
      },
    ],
    ['an array of itself', { ...plain, kind: 'array', length: 2 ** 31, item: type.id }],
    ['a compact of itself', { ...plain, kind: 'compact', item: type.id }],
  ];
  for (const [title, changed] of endless) {
    it(`ends for ${title}`, () => {
      const uses = {
        ...withType(type.id, changed),
        ...{ pallets: withPallet({ storage: [statuses, { ...total, value: type.id }] }).pallets },
      };
      changesTo(uses, uses);
      changesTo(uses, sampleMetadata);
      changesTo(sampleMetadata, uses);
    });
  }
});
