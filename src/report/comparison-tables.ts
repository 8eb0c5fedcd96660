/** The tables of a comparison, in reading order. Text, Markdown and HTML show the same ones. */
import { formatBytes, groupDigits } from '../base/units.ts';
import type { Comparison, FactChange, ListChange } from '../model/comparison.ts';
import { amountText, deltaShareText, deltaText, signOf } from '../model/figure-text.ts';
import { labelOf } from '../model/measures.ts';
import { type MetadataChange, type MetadataChangeClass, metadataChangeClasses } from '../model/metadata-change.ts';
import type { SizeChange } from '../model/size-change.ts';

export interface ComparisonTable {
  /** Empty for the first table. */
  readonly title: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Rows that the table leaves out, the smallest changes. */
  readonly leftOut: number;
  /** The first column has names of code. */
  readonly isCode: boolean;
}

const ROWS_SHOWN = 15;
/** They come before the figures that only a curious reader needs. */
const seriousClasses = metadataChangeClasses.filter((name) => name !== 'compatible');

/** Leaves out tables without a row. @param most rows of a table; absent: a page full */
export function comparisonTables(comparison: Comparison, most = ROWS_SHOWN): ComparisonTable[] {
  const { growth, sections, imports, exports, facts, metadata = [] } = comparison;
  return [
    changes('', figureRows(comparison), most, false),
    changes('Versions and memory', facts.map(factRow), most),
    ...seriousClasses.map((name) => metadataTable(name, metadata, most)),
    list('Imports', imports),
    changes('Sections that changed', sections.map(sizeRow), most),
    changes('Growth by pallet and own crate', (growth?.owners ?? []).map(sizeRow), most),
    changes('Growth by crate', (growth?.crates ?? []).map(sizeRow), most),
    changes('Growth by function', (growth?.functions ?? []).map(sizeRow), most),
    list('Exports', exports),
    metadataTable('compatible', metadata, most),
  ].filter(({ rows }) => rows.length > 0);
}

function changes(title: string, rows: readonly (readonly string[])[], most: number, isCode = true): ComparisonTable {
  return tableOf(title, ['', 'Older', 'Newer', 'Change'], rows, most, isCode);
}

function tableOf(
  title: string,
  head: readonly string[],
  rows: readonly (readonly string[])[],
  most: number,
  isCode = true,
): ComparisonTable {
  return { title, head, rows: rows.slice(0, most), leftOut: Math.max(0, rows.length - most), isCode };
}

function figureRows({ measures }: Comparison): string[][] {
  return measures.map(({ measure, was, now, delta }) => [
    labelOf(measure),
    was === undefined ? '' : amountText(was),
    now === undefined ? '' : amountText(now),
    deltaText(delta, measure.unit) ?? deltaShareText(delta),
  ]);
}

function factRow({ name, was, now }: FactChange): string[] {
  return [name, was, now, ''];
}

function sizeRow(change: SizeChange): string[] {
  const { name, was, now } = change;
  return [name, sizeText(was), sizeText(now), sizeChangeText(change)];
}

function sizeText(bytes: number): string {
  return bytes === 0 ? '–' : formatBytes(bytes);
}

/** `+12 345 B` */
export function sizeChangeText(change: SizeChange): string {
  return `${signOf(change)}${groupDigits(Math.abs(change.now - change.was))} B`;
}

/** Every name counts here, so none is left out. */
function list(title: string, { added, gone }: ListChange): ComparisonTable {
  const rows = [...added.map((name) => [name, 'added']), ...gone.map((name) => [name, 'gone'])];
  return tableOf(title, ['', 'Change'], rows, rows.length);
}

const classTitles: Readonly<Record<MetadataChangeClass, string>> = {
  'needs-migration': 'Metadata: stored data needs a migration',
  'needs-transaction-version': 'Metadata: transaction_version must rise',
  'breaks-clients': 'Metadata: clients and indexers must change',
  compatible: 'Metadata: compatible',
};

function metadataTable(name: MetadataChangeClass, all: readonly MetadataChange[], most: number): ComparisonTable {
  const rows = all
    .filter((change) => change.class === name)
    .map(({ kind, subject, path, was, now }) => [path, `${subject} ${kind}`, was ?? '', now ?? '']);
  return tableOf(classTitles[name], ['', 'Change', 'Older', 'Newer'], rows, Math.max(most, ROWS_SHOWN * 2));
}
