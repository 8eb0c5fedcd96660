/** What the parts of a module cost, for the text and the Markdown report. */
import { formatBytes, formatRatio, groupDigits } from '../base/units.ts';
import type { KeptBy, Sizes } from '../model/size-tree.ts';
import { copiedBytes, crateNodes, itemSizes, knownOwners, mostCopied, sectionNodes } from '../model/size-views.ts';

const SHOWN = 4;

/** `1.23 MiB · 4.5 %` */
export function partText(bytes: number, total: number): string {
  return total === 0 ? formatBytes(bytes) : `${formatBytes(bytes)} · ${formatRatio(bytes / total)}`;
}

/** A table about sizes. The last column is a name of any length. */
export interface SizeTable {
  readonly title: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** The largest crates and owners in two lines. Empty without code. */
export function sizeLines(sizes: Sizes): readonly string[] {
  const { codeBytes } = sizes;
  const crates = crateNodes(sizes);
  const owners = knownOwners(sizes);
  return [
    line('by crate:', crates, codeBytes),
    line('made for:', owners, codeBytes),
    ...recompressionLines(sizes),
  ].filter((text) => text !== '');
}

/** The tables that the user requested: `retained` has so many functions. */
export function sizeTables(sizes: Sizes): readonly SizeTable[] {
  const { codeBytes, retained } = sizes;
  if (retained === undefined) return [];
  const count = retained.filter(({ kind }) => kind === 'function').length;
  const items = itemSizes(sizes);
  const share = (bytes: number) => (codeBytes === 0 ? '' : formatRatio(bytes / codeBytes));
  const saved = new Map(retained.filter(({ kind }) => kind !== 'function').map((one) => [one.name, one.retainedBytes]));
  return [
    {
      title: 'Largest functions, all instances',
      head: ['Size', 'Of code', 'Instances', 'Function'],
      rows: items
        .slice(0, count)
        .map(({ name, bytes, functions }) => [formatBytes(bytes), share(bytes), groupDigits(functions), name]),
    },
    {
      title: 'Generic functions with the most copies',
      head: ['Copies', 'Of code', 'Instances', 'Function'],
      rows: mostCopied(items)
        .slice(0, count)
        .map((item) => {
          const bytes = copiedBytes(item);
          return [formatBytes(bytes), share(bytes), groupDigits(item.functions), item.name];
        }),
    },
    {
      title: 'Pallets and own crates, with the generic code made for them',
      head: ['Size', 'Of code', 'Removal saves', 'Name'],
      rows: knownOwners(sizes)
        .slice(0, count)
        .map(({ name, bytes }) => [formatBytes(bytes), share(bytes), about(saved.get(name)), name]),
    },
    {
      title: 'Functions that keep the most code in the module',
      head: ['Removal saves', 'Of code', 'Own size', 'Function'],
      rows: retained
        .filter(({ kind }) => kind === 'function')
        .map(({ name, bytes, retainedBytes }) => [
          about(retainedBytes),
          share(retainedBytes),
          formatBytes(bytes),
          name,
        ]),
    },
  ].filter(({ rows }) => rows.length > 0);
}

/** Holds for every figure of what a removal saves. */
export const retainedNote =
  'What a removal saves is what no other call reaches. Calls through tables are not known exactly: they count as calls of ' +
  'every function of their type in a table, so that more may go.';

/** One paragraph for each part that the user asked about. Undefined unless requested. */
export function whyLines({ keptBy }: Sizes): readonly string[] | undefined {
  if (keptBy === undefined) return undefined;
  if (keptBy.length === 0) return ['No function, crate or pallet has the name that you gave with --why.'];
  return keptBy.flatMap(explain);
}

function explain({ name, functions, bytes, retainedBytes, inTable, through, callers, callerCount }: KeptBy): string[] {
  const count = functions === 1 ? 'one function' : `${groupDigits(functions)} functions`;
  const more = callerCount > callers.length ? ` and others (${groupDigits(callerCount)} in all)` : '';
  return [
    `${name}: ${count}, ${formatBytes(bytes)}; its removal saves about ${formatBytes(retainedBytes)}.`,
    through.length === 0
      ? 'No function outside of it is on every way to it.'
      : `Every call of it comes through ${through.join(' → ')}.`,
    callers.length === 0 ? 'No function calls it directly.' : `Called by ${callers.join(', ')}${more}.`,
    ...(inTable === 0
      ? []
      : [`${groupDigits(inTable)} of ${groupDigits(functions)} in a table: what calls these from there is not known.`]),
  ];
}

function recompressionLines({ recompression }: Sizes): readonly string[] {
  if (recompression === undefined) return [];
  const { level, storedBytes, withoutNamesBytes } = recompression;
  const names = withoutNamesBytes === undefined ? '' : `, without function names ${formatBytes(withoutNamesBytes)}`;
  return [`compressed with zstd level ${level}: ${formatBytes(storedBytes)}${names}`];
}

function line(
  label: string,
  parts: readonly { readonly name: string; readonly bytes: number }[],
  total: number,
): string {
  if (parts.length === 0 || total === 0) return '';
  const shown = parts.slice(0, SHOWN).map(({ name, bytes }) => `${name} ${formatRatio(bytes / total)}`);
  const rest = parts.length - shown.length;
  return `${label} ${shown.join(', ')}${rest === 0 ? '' : `, ${groupDigits(rest)} more`}`;
}

function about(bytes: number | undefined): string {
  return bytes === undefined ? '' : `about ${formatBytes(bytes)}`;
}

/** The sections, crates and owners for a page that folds them. */
export function foldedTables(sizes: Sizes): readonly SizeTable[] {
  const { totalBytes, codeBytes } = sizes;
  const rows = (parts: readonly { readonly name: string; readonly bytes: number }[], total: number) =>
    parts
      .slice(0, FOLDED)
      .map(({ name, bytes }) => [formatBytes(bytes), formatRatio(total === 0 ? 0 : bytes / total), name]);
  return [
    { title: 'Sections', head: ['Size', 'Of file', 'Section'], rows: rows(sectionNodes(sizes), totalBytes) },
    { title: 'Crates', head: ['Size', 'Of code', 'Crate'], rows: rows(crateNodes(sizes), codeBytes) },
    {
      title: 'Pallets and own crates, with the generic code made for them',
      head: ['Size', 'Of code', 'Name'],
      rows: rows(knownOwners(sizes), codeBytes),
    },
  ].filter((one) => one.rows.length > 0);
}

const FOLDED = 15;
