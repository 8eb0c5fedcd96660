import type { MetadataChange, MetadataChangeClass } from './metadata-change.ts';

export const changeClassWords: Readonly<Record<MetadataChangeClass, string>> = {
  'needs-transaction-version': 'needs a new transaction_version',
  'needs-migration': 'needs a migration',
  'breaks-clients': 'breaks clients',
  compatible: 'compatible',
};

/** `call Balances.transfer removed (index 0)`, `argument Balances.transfer.value retyped from u64 to u128` */
export function changeText({ kind, subject, path, was, now }: MetadataChange): string {
  const front = `${subject} ${path} ${kind}`;
  if (was !== undefined && now !== undefined) return `${front} from ${was} to ${now}`;
  const only = was ?? now;
  return only === undefined ? front : `${front} (${only})`;
}

/** The first changes, and how many there are besides. */
export function changeList(changes: readonly MetadataChange[], shown: number): string {
  const texts = changes.slice(0, shown).map(changeText);
  const rest = changes.length - texts.length;
  return rest > 0 ? `${texts.join('; ')}; and ${rest} more` : texts.join('; ');
}
