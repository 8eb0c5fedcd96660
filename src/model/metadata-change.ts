/** What changed between the metadata of two runtimes. Plain data. */

/** What follows from a change. The most severe first. */
export const changeClasses = ['needs-migration', 'needs-transaction-version', 'breaks-clients', 'compatible'] as const;

export type ChangeClass = (typeof changeClasses)[number];

export interface MetadataChange {
  readonly kind: 'added' | 'removed' | 're-indexed' | 'retyped' | 'changed';
  readonly subject: 'pallet' | 'call' | 'argument' | 'storage' | 'event' | 'error' | 'constant' | 'api' | 'extension';
  /** `Balances.transfer` */
  readonly path: string;
  readonly was?: string;
  readonly now?: string;
  readonly class: ChangeClass;
}
