/** Small metadata to compare, with types by name. */
import type { Field, MetadataResult, MetadataType, Pallet, RuntimeMetadata, TypeId } from '../../src/model/metadata.ts';

/** The types of `sampleMetadata` by their place in the list. */
export const type = {
  u8: 0,
  u32: 1,
  u128: 2,
  account: 3,
  unit: 4,
  status: 5,
  call: 6,
  bytes: 7,
  text: 8,
  id: 9,
} as const;

const plain = { path: [], params: [] };

const types: readonly MetadataType[] = [
  { ...plain, kind: 'primitive', primitive: 'u8' },
  { ...plain, kind: 'primitive', primitive: 'u32' },
  { ...plain, kind: 'primitive', primitive: 'u128' },
  { path: ['sp_core', 'AccountId32'], params: [], kind: 'composite', fields: [{ type: 10 }] },
  { ...plain, kind: 'tuple', items: [] },
  {
    path: ['pallet_sample', 'Status'],
    params: [],
    kind: 'variant',
    variants: [
      { name: 'Open', index: 0, fields: [] },
      { name: 'Closed', index: 1, fields: [{ name: 'at', type: 1 }] },
    ],
  },
  {
    path: ['sample_runtime', 'RuntimeCall'],
    params: [],
    kind: 'variant',
    variants: [{ name: 'Sample', index: 1, fields: [{ type: 5 }] }],
  },
  { ...plain, kind: 'sequence', item: 0 },
  { ...plain, kind: 'primitive', primitive: 'str' },
  { path: ['sample', 'Id'], params: [], kind: 'composite', fields: [{ name: 'inner', type: 1 }] },
  { ...plain, kind: 'array', item: 0, length: 32 },
];

export const samplePallet: Pallet = {
  name: 'Sample',
  index: 1,
  calls: [
    { name: 'create', index: 0, fields: [named('who', type.account), named('amount', type.u128)] },
    { name: 'close', index: 1, fields: [named('status', type.status)] },
    { name: 'batch', index: 2, fields: [named('call', type.call)] },
  ],
  events: [{ name: 'Created', index: 0, fields: [named('who', type.account)] }],
  errors: [
    { name: 'NotFound', index: 0, fields: [] },
    { name: 'Frozen', index: 1, fields: [] },
  ],
  storagePrefix: 'Sample',
  storage: [
    { name: 'Statuses', modifier: 'optional', hashers: ['Twox64Concat'], key: type.u32, value: type.status },
    { name: 'Total', modifier: 'default', hashers: [], value: type.u128 },
  ],
  constants: [{ name: 'Deposit', type: type.u128, value: '0x01' }],
};

/** Without problems and with one pallet. */
export const sampleMetadata: RuntimeMetadata = {
  version: 16,
  types,
  pallets: [samplePallet],
  apis: ['Core', 'Metadata', 'AccountNonceApi', 'TaggedTransactionQueue', 'TransactionPaymentApi'].map((name) => ({
    name,
    version: 1,
    methods: [{ name: 'query', inputs: [named('at', type.u32)], output: type.u128 }],
  })),
  extensions: [
    { identifier: 'CheckNonce', type: type.u32, additionalSigned: type.unit },
    { identifier: 'CheckMetadataHash', type: type.u8, additionalSigned: type.bytes },
  ],
  extrinsicVersions: [4],
};

export const sampleHash = `0x${'ab'.repeat(32)}`;

/** The result of reading the sample, with changes. */
export function readResult(
  metadata: Partial<RuntimeMetadata> = {},
  hashes: Partial<Extract<MetadataResult, { kind: 'read' }>['hashes']> = {},
): MetadataResult {
  return { kind: 'read', metadata: { ...sampleMetadata, ...metadata }, hashes: { found: [sampleHash], ...hashes } };
}

/** The sample with a changed pallet. */
export function withPallet(change: Partial<Pallet>, others: Partial<RuntimeMetadata> = {}): RuntimeMetadata {
  return { ...sampleMetadata, ...others, pallets: [{ ...samplePallet, ...change }] };
}

/** The sample with another type in place of one. */
export function withType(id: TypeId, changed: MetadataType): RuntimeMetadata {
  return { ...sampleMetadata, types: types.map((old, at) => (at === id ? changed : old)) };
}

export function named(name: string, id: TypeId): Field {
  return { name, type: id };
}
