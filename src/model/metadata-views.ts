/** Views of a report's metadata: every face shows the same values. */
import { type MetadataChange, type MetadataChangeClass, metadataChangeClasses } from './metadata-change.ts';
import type { MetadataSummary } from './report.ts';

export interface MetadataCount {
  /** Names what is counted, in the plural. */
  readonly label: string;
  readonly count: number;
}

type PalletPart = 'calls' | 'storage' | 'events' | 'errors' | 'constants';

const sumOf =
  (part: PalletPart) =>
  ({ pallets }: MetadataSummary) =>
    pallets?.reduce((sum, pallet) => sum + pallet[part], 0);

const rows: readonly (readonly [label: string, count: (metadata: MetadataSummary) => number | undefined])[] = [
  ['Pallets', ({ pallets }) => pallets?.length],
  ['Calls', sumOf('calls')],
  ['Storage items', sumOf('storage')],
  ['Events', sumOf('events')],
  ['Errors', sumOf('errors')],
  ['Constants', sumOf('constants')],
  ['Runtime APIs', ({ runtimeApis }) => runtimeApis?.length],
  ['Transaction extensions', ({ transactionExtensions }) => transactionExtensions?.length],
  ['Types', ({ types }) => types],
];

export const metadataCountLabels: readonly string[] = rows.map(([label]) => label);

/** Leaves out what is not known. */
export function metadataCounts(metadata: MetadataSummary): readonly MetadataCount[] {
  return rows.flatMap(([label, countIn]) => {
    const count = countIn(metadata);
    return count === undefined ? [] : [{ label, count }];
  });
}

export interface ChangesOfClass {
  readonly class: MetadataChangeClass;
  readonly changes: readonly MetadataChange[];
}

/** The worst class first. Leaves out classes without changes. */
export function changesByClass(changes: readonly MetadataChange[]): readonly ChangesOfClass[] {
  return metadataChangeClasses
    .map((name) => ({ class: name, changes: changes.filter((change) => change.class === name) }))
    .filter((group) => group.changes.length > 0);
}
