/** One difference between the metadata of two runtimes. */

export const metadataChangeKinds = [
  'added',
  'removed',
  /** Has another index, or another place in a list. */
  'moved',
  'renamed',
  /** Encodes in another way. */
  'retyped',
  /** Every old value still decodes: an enum has more variants. */
  'extended',
  /** Another value, modifier or version. */
  'changed',
] as const;

export const metadataSubjects = [
  'pallet',
  'call',
  'argument',
  'storage',
  'event',
  'error',
  'constant',
  'api',
  'method',
  'extension',
] as const;

/**
 * - `needs-transaction-version`: signed transactions mean something else, so `transaction_version` must rise
 * - `needs-migration`: values in the state no longer decode, or are no longer found
 * - `breaks-clients`: wallets, indexers or frontends that know the old metadata fail
 */
export const metadataChangeClasses = [
  'needs-transaction-version',
  'needs-migration',
  'breaks-clients',
  'compatible',
] as const;

export type MetadataSubject = (typeof metadataSubjects)[number];
export type MetadataChangeClass = (typeof metadataChangeClasses)[number];

export interface MetadataChange {
  readonly kind: (typeof metadataChangeKinds)[number];
  readonly subject: MetadataSubject;
  /** `Balances`, `Balances.transfer`, `Balances.transfer.value`, `Core.version`, `CheckNonce` */
  readonly path: string;
  /** An index, a type or a value in words. Absent: nothing was there. */
  readonly was?: string;
  readonly now?: string;
  readonly class: MetadataChangeClass;
}
