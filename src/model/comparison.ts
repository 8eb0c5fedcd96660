import { omitUndefined } from '../base/omit-undefined.ts';
import { type Delta, deltaOf, isSameCode } from './delta.ts';
import { type Amount, amountOf } from './figures.ts';
import { type Measure, measuresForReading } from './measures.ts';
import type { MetadataChange } from './metadata-change.ts';
import type { Finding, Report, RuntimeSummary } from './report.ts';
import { bySeverity } from './severity.ts';
import { type Growth, growthBetween, type SizeChange, sizeChanges } from './size-change.ts';

/** The changes from one report to another. */
export interface Comparison {
  readonly older: Report;
  readonly newer: Report;
  readonly isSameCode: boolean;
  /** In reading order, without measures that both reports lack. */
  readonly measures: readonly MeasureChange[];
  /** Sections whose size changed, the largest change first. Empty when a report lacks its sections. */
  readonly sections: readonly SizeChange[];
  /** Absent when a report lacks its sizes. */
  readonly growth?: Growth;
  readonly imports: ListChange;
  readonly exports: ListChange;
  /** Versions and memory: those that differ. */
  readonly facts: readonly FactChange[];
  /** Absent: the metadata of a runtime is unknown. */
  readonly metadata?: readonly MetadataChange[];
  /** Errors first, as the findings that are gone. */
  readonly newFindings: readonly Finding[];
  readonly goneFindings: readonly Finding[];
}

export interface MeasureChange {
  readonly measure: Measure;
  readonly was?: Amount;
  readonly now?: Amount;
  readonly delta?: Delta;
}

/** Both empty when a report lacks the list. */
export interface ListChange {
  readonly added: readonly string[];
  readonly gone: readonly string[];
}

/** A fact that is no measure, such as `spec_version`. */
export interface FactChange {
  readonly name: string;
  readonly was: string;
  readonly now: string;
}

/** @param metadata what changed in the metadata, which reports do not have in full */
export function compareReports(older: Report, newer: Report, metadata?: readonly MetadataChange[]): Comparison {
  return {
    older,
    newer,
    isSameCode: isSameCode(older, newer),
    measures: measuresForReading.flatMap((measure) => measureChange(measure, older, newer)),
    sections: sectionChanges(older.runtime, newer.runtime),
    ...(older.sizes && newer.sizes && { growth: growthBetween(older.sizes, newer.sizes) }),
    imports: listChange(older.runtime.imports?.map(importName), newer.runtime.imports?.map(importName)),
    exports: listChange(older.runtime.exports?.map(nameOf), newer.runtime.exports?.map(nameOf)),
    facts: factChanges(older.runtime, newer.runtime),
    ...(metadata && { metadata }),
    newFindings: findingsMissingIn(older, newer),
    goneFindings: findingsMissingIn(newer, older),
  };
}

/** Whether one report has estimates where the other has measurements. */
export function mixesSources({ measures }: Comparison): boolean {
  return measures.some(({ was, now }) => was !== undefined && now !== undefined && was.estimated !== now.estimated);
}

/** What a reader must know about a comparison: sentences. */
export function comparisonNotes(comparison: Comparison): string[] {
  return [
    ...(comparison.isSameCode
      ? ['Both blobs are identical, byte for byte. The relay chain rejects an upgrade to the same code.']
      : []),
    ...(mixesSources(comparison)
      ? ["One report has estimates, the other has measurements. Their times and memory can't be compared."]
      : []),
  ];
}

function measureChange(measure: Measure, older: Report, newer: Report): MeasureChange[] {
  const was = amountOf(measure, older);
  const now = amountOf(measure, newer);
  if (was === undefined && now === undefined) return [];
  return [{ measure, ...omitUndefined({ was, now, delta: deltaOf(measure, older, newer) }) }];
}

/** A module may have several custom sections with the same name. */
function sectionChanges({ sections: older }: RuntimeSummary, { sections: newer }: RuntimeSummary): SizeChange[] {
  return older === undefined || newer === undefined ? [] : sizeChanges(older, newer);
}

function listChange(older: readonly string[] | undefined, newer: readonly string[] | undefined): ListChange {
  if (older === undefined || newer === undefined) return { added: [], gone: [] };
  return { added: missingIn(older, newer), gone: missingIn(newer, older) };
}

function missingIn(list: readonly string[], names: readonly string[]): string[] {
  const listed = new Set(list);
  return [...new Set(names)].filter((name) => !listed.has(name)).sort();
}

function importName({ module, name }: { readonly module: string; readonly name: string }): string {
  return `${module}.${name}`;
}

function nameOf({ name }: { readonly name: string }): string {
  return name;
}

const comparedFacts: readonly (readonly [name: string, read: (runtime: RuntimeSummary) => string | undefined])[] = [
  ['spec_name', ({ specName }) => specName],
  ['spec_version', ({ specVersion }) => specVersion?.toString()],
  ['impl_version', ({ implVersion }) => implVersion?.toString()],
  ['transaction_version', ({ transactionVersion }) => transactionVersion?.toString()],
  ['memory', memoryText],
  ['functions', ({ functions }) => functions?.toString()],
];

function memoryText({ memory }: RuntimeSummary): string | undefined {
  if (memory === undefined) return undefined;
  const { minimum, maximum, imported } = memory;
  return `${imported ? 'imported' : 'own'}, ${minimum} to ${maximum ?? 'any number of'} pages`;
}

/** Leaves out what only one report knows. */
function factChanges(older: RuntimeSummary, newer: RuntimeSummary): FactChange[] {
  return comparedFacts
    .map(([name, read]) => ({ name, was: read(older), now: read(newer) }))
    .filter((fact): fact is FactChange => fact.was !== undefined && fact.now !== undefined)
    .filter(({ was, now }) => was !== now);
}

function findingsMissingIn(other: Report, { findings }: Report): Finding[] {
  return bySeverity(findings.filter(({ id }) => !other.findings.some((finding) => finding.id === id))).flat();
}
