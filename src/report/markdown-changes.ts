/** What changed in a runtime since the result that it is compared with, for a pull request. */
import { formatBytes } from '../base/units.ts';
import { isSameCode } from '../model/delta.ts';
import type { Reference, ReferenceEntry } from '../model/history.ts';
import type { MetadataChange } from '../model/metadata-change.ts';
import { changeClassWords, changeText } from '../model/metadata-change-text.ts';
import { changesByClass } from '../model/metadata-views.ts';
import type { Report } from '../model/report.ts';
import { growthBetween, type SizeChange } from '../model/size-change.ts';
import { sizeChangeText } from './comparison-tables.ts';
import { folded } from './markdown-blocks.ts';
import { code, prose, table } from './markdown-text.ts';
import { oneLine } from './terminal.ts';

/** Parts that the table of growth shows. */
const PARTS_SHOWN = 5;
const PARTS_FOLDED = 30;
const METADATA_FOLDED = 100;
const SERIOUS_SHOWN = 3;

/** Versions, and that the code is the same. */
export function versionLine({ entry }: Reference, { runtime, ...report }: Report): string {
  if (isSameCode(entry, { runtime, ...report })) return 'The code is the same, byte for byte.';
  const texts = [
    versionText('spec_version', entry.runtime.specVersion, runtime.specVersion),
    versionText('transaction_version', entry.runtime.transactionVersion, runtime.transactionVersion),
  ].filter((text) => text !== undefined);
  return texts.length === 0 ? '' : `${texts.join(', ')}.`;
}

function versionText(name: string, was: number | undefined, now: number | undefined): string | undefined {
  if (was === undefined || now === undefined) return undefined;
  return was === now ? `${name} ${now} (unchanged)` : `${name} ${was} → ${now}`;
}

/** The parts that changed most: owners beside crates. Empty when nothing is known. */
export function growthTable(entry: ReferenceEntry, report: Report): string {
  const growth = growthOf(entry, report);
  if (growth === undefined) return '';
  const { owners, crates } = growth;
  const rows = Array.from({ length: Math.min(PARTS_SHOWN, Math.max(owners.length, crates.length)) }, (_, at) => [
    ...growthCells(owners[at]),
    ...growthCells(crates[at]),
  ]);
  if (rows.length === 0) return '';
  return table(['Pallet or own crate', 'Change', 'Crate', 'Change'], rows, ':-- --: :-- --:');
}

function growthCells(change: SizeChange | undefined): string[] {
  return change === undefined ? ['', ''] : [code(change.name), sizeChangeText(change)];
}

/** Longer lists of the same. */
export function growthDetails(entry: ReferenceEntry, report: Report): string {
  const growth = growthOf(entry, report);
  if (growth === undefined) return '';
  const lists = [
    ['Pallets and own crates, with the generic code made for them', growth.owners],
    ['Crates', growth.crates],
  ] as const;
  const tables = lists.flatMap(([title, changes]) => (changes.length > PARTS_SHOWN ? [sizeTable(title, changes)] : []));
  return tables.length === 0 ? '' : folded('Growth of all parts', tables.join('\n\n'));
}

function sizeTable(title: string, changes: readonly SizeChange[]): string {
  const size = (bytes: number) => (bytes === 0 ? '–' : formatBytes(bytes));
  const rows = changes
    .slice(0, PARTS_FOLDED)
    .map((change) => [code(change.name), size(change.was), size(change.now), sizeChangeText(change)]);
  const more = changes.length - rows.length;
  const rest = more === 0 ? '' : `\n\n${more} smaller changes are left out.`;
  return `**${title}**\n\n${table(['', 'Before', 'Now', 'Change'], rows, ':-- --: --: --:')}${rest}`;
}

function growthOf(entry: ReferenceEntry, { sizes, ...report }: Report) {
  if (entry.sizes === undefined || sizes === undefined || isSameCode(entry, report)) return undefined;
  return growthBetween(entry.sizes, sizes);
}

/** `Metadata: 2 changes need a migration, 14 are compatible`, and the first ones that a person must look at. */
export function metadataLines(changes: readonly MetadataChange[] | undefined): string {
  if (changes === undefined) return '';
  if (changes.length === 0) return 'Metadata: no change.';
  const groups = changesByClass(changes);
  const counts = groups.map((group) => `${group.changes.length} ${changeClassWords[group.class]}`);
  const serious = groups.flatMap((group) => (group.class === 'compatible' ? [] : group.changes));
  const items = serious.slice(0, SERIOUS_SHOWN).map((change) => `- ${code(changeText(change))}`);
  return [`Metadata changes: ${counts.join(', ')}.`, ...(items.length === 0 ? [] : ['', ...items])].join('\n');
}

export function metadataDetails(changes: readonly MetadataChange[] = []): string {
  if (changes.length === 0) return '';
  let left = METADATA_FOLDED;
  const lists = changesByClass(changes).map((group) => {
    const shown = group.changes.slice(0, left);
    left -= shown.length;
    const items = shown.map((change) => `- ${code(changeText(change))}`);
    const more = group.changes.length - shown.length;
    const rest = more === 0 ? [] : [`- ${more} more`];
    return [
      `**${prose(oneLine(changeClassWords[group.class]))}** (${group.changes.length})`,
      '',
      ...items,
      ...rest,
    ].join('\n');
  });
  return folded(`Metadata changes (${changes.length})`, lists.join('\n\n'));
}
