/** Views of a report's metadata: every face shows the same values. */
import { type MetadataChange, type MetadataChangeClass, metadataChangeClasses } from './metadata-change.ts';
import type { MetadataSummary } from './report.ts';

export interface MetadataCount {
  /** Names what is counted, in the plural. */
  readonly label: string;
  readonly count: number;
}

/** Leaves out what is not known. */
export function metadataCounts(metadata: MetadataSummary): readonly MetadataCount[] {
  const { pallets, runtimeApis, transactionExtensions, types } = metadata;
  const sum = (key: 'calls' | 'storage' | 'events' | 'errors' | 'constants') =>
    pallets?.reduce((total, pallet) => total + pallet[key], 0);
  const counts: readonly (readonly [label: string, count: number | undefined])[] = [
    ['Pallets', pallets?.length],
    ['Calls', sum('calls')],
    ['Storage items', sum('storage')],
    ['Events', sum('events')],
    ['Errors', sum('errors')],
    ['Constants', sum('constants')],
    ['Runtime APIs', runtimeApis?.length],
    ['Transaction extensions', transactionExtensions?.length],
    ['Types', types],
  ];
  return counts.flatMap(([label, count]) => (count === undefined ? [] : [{ label, count }]));
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
