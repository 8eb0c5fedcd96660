import { omitUndefined } from '../base/omit-undefined.ts';
import { type Delta, deltaOf, isSameCode } from './delta.ts';
import { type Amount, amountOf } from './figures.ts';
import { type Measure, measuresForReading } from './measures.ts';
import type { Finding, Report } from './report.ts';

/** The changes from one report to another. */
export interface Comparison {
  readonly older: Report;
  readonly newer: Report;
  readonly isSameCode: boolean;
  /** In reading order, without measures that both reports lack. */
  readonly measures: readonly MeasureChange[];
  /** Sections whose size changed, the largest change first. Empty when a report lacks its sections. */
  readonly sections: readonly SectionChange[];
  readonly newFindings: readonly Finding[];
  readonly goneFindings: readonly Finding[];
}

export interface MeasureChange {
  readonly measure: Measure;
  readonly was?: Amount;
  readonly now?: Amount;
  readonly delta?: Delta;
}

export interface SectionChange {
  readonly name: string;
  /** Bytes; 0 when the section is absent. */
  readonly was: number;
  readonly now: number;
}

export function compareReports(older: Report, newer: Report): Comparison {
  return {
    older,
    newer,
    isSameCode: isSameCode(older, newer),
    measures: measuresForReading.flatMap((measure) => measureChange(measure, older, newer)),
    sections: sectionChanges(older.runtime.sections, newer.runtime.sections),
    newFindings: findingsMissingIn(older, newer),
    goneFindings: findingsMissingIn(newer, older),
  };
}

/** Whether one report has estimates where the other has measurements. */
export function mixesSources({ measures }: Comparison): boolean {
  return measures.some(({ was, now }) => was !== undefined && now !== undefined && was.estimated !== now.estimated);
}

function measureChange(measure: Measure, older: Report, newer: Report): MeasureChange[] {
  const was = amountOf(measure, older);
  const now = amountOf(measure, newer);
  if (was === undefined && now === undefined) return [];
  return [{ measure, ...omitUndefined({ was, now, delta: deltaOf(measure, older, newer) }) }];
}

type Sections = Report['runtime']['sections'];

function sectionChanges(older: Sections, newer: Sections): SectionChange[] {
  if (older === undefined || newer === undefined) return [];
  const names = [...new Set([...newer, ...older].map(({ name }) => name))];
  return names
    .map((name) => ({ name, was: bytesOf(older, name), now: bytesOf(newer, name) }))
    .filter(({ was, now }) => was !== now)
    .sort((a, b) => Math.abs(b.now - b.was) - Math.abs(a.now - a.was));
}

/** A module may have several custom sections with the same name. */
function bytesOf(sections: NonNullable<Sections>, name: string): number {
  return sections.filter((section) => section.name === name).reduce((sum, { bytes }) => sum + bytes, 0);
}

function findingsMissingIn(other: Report, { findings }: Report): Finding[] {
  return findings.filter(({ id }) => !other.findings.some((finding) => finding.id === id));
}
