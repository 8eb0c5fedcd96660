/** What the editor for runtimes shows of a report. */

import { capitalize } from '../../../base/text.ts';
import { formatBytes, formatBytesExactly, formatRatio, groupDigits } from '../../../base/units.ts';
import type { SpecCodeSummary } from '../../../check/spec-codes.ts';
import type {
  BlobPage,
  CodeSelection,
  FactsSection,
  FindingsSection,
  PageFact,
  PageFinding,
  TableSection,
  Tone,
} from '../../../model/blob-page.ts';
import { amountText, headRoom, ratioText } from '../../../model/figure-text.ts';
import { type Figure, figuresOf } from '../../../model/figures.ts';
import { type GradeWord, gradeOf } from '../../../model/grade.ts';
import { limitOf, measureOf } from '../../../model/measures.ts';
import type { Finding, LimitItem, Report } from '../../../model/report.ts';
import { bySeverity, severityWords } from '../../../model/severity.ts';
import { factsOf } from '../../../report/facts.ts';
import { oneLine, printable } from '../../../report/terminal.ts';
import type { ShownResult, Translate } from '../../model.ts';
import { findingTexts } from '../findings.ts';
import { figureLabel, levelText, limitSource, shownGradeText, usedOfLimit } from '../labels.ts';
import { metadataSections } from './metadata-sections.ts';
import { sizeSections } from './size-sections.ts';

const gradeTones: Readonly<Record<GradeWord, Tone>> = {
  accepted: 'good',
  near: 'warning',
  slow: 'warning',
  over: 'bad',
  faulty: 'bad',
  rejected: 'bad',
  undecided: 'unknown',
  inspected: 'unknown',
};

const severityTones: Readonly<Record<Finding['severity'], Tone>> = {
  error: 'bad',
  warning: 'warning',
  information: 'unknown',
};

const levelTones: Readonly<Record<LimitItem['level'], Tone>> = { ok: 'good', near: 'warning', over: 'bad' };

type Shown = ShownResult & { readonly report: Report };

/** @param title the name of the file */
export function pageOf(title: string, result: Shown, codes: CodeSelection | undefined, t: Translate): BlobPage {
  const { report } = result;
  return {
    title: oneLine(title),
    tone: gradeTones[gradeOf(report).word],
    status: shownGradeText(report, result, t),
    reason: printable(report.conclusion.reason),
    ...(codes && { codes }),
    buttons: [{ label: t('Prepare PVF'), message: { kind: 'prepare' } }],
    sections: [
      overview(result, t),
      findingsSection(report, t),
      figures(report, t),
      ...sizeSections(report, t),
      ...metadataSections(report, t),
      sectionsTable(report, t),
      importsTable(report, t),
      exportsTable(report, t),
    ],
  };
}

/** Undefined for a file with at most one code. @param selected block of the shown substitute; undefined: the genesis code */
export function codeSelection(
  codes: readonly SpecCodeSummary[],
  selected: string | undefined,
  t: Translate,
): CodeSelection | undefined {
  if (codes.length < 2) return undefined;
  const options = codes.map(({ block, storedBytes, specName, specVersion }) => {
    const name = block === undefined ? t('Genesis code') : t('Code substitute at block {0}', block);
    const spec = [specName, specVersion].filter((part) => part !== undefined).join(' ');
    const size = storedBytes === undefined ? t('damaged') : formatBytes(storedBytes);
    return { value: block ?? '', label: oneLine([name, spec, size].filter((part) => part !== '').join(' · ')) };
  });
  return { label: t('Code of the chain spec'), options, selected: selected ?? '' };
}

function overview({ report, isInterim }: Shown, t: Translate): FactsSection {
  const { runtime } = report;
  const { specName, specVersion, implVersion, transactionVersion, functions, memory } = runtime;
  const unknownVote = isInterim ? t('pending') : t('unknown, not prepared');
  const maximum = memory?.maximum === undefined ? t('no maximum') : t('at most {0}', memory.maximum);
  const facts: readonly (readonly [label: string, value: string | number | undefined, about?: string])[] = [
    [
      t('Vote'),
      report.outcome === undefined ? unknownVote : report.vote,
      t('How validators would vote in pre-checking.'),
    ],
    [t('Runtime'), specName],
    [t('Specification version'), specVersion],
    [t('Implementation version'), implVersion],
    [t('Transaction version'), transactionVersion],
    [t('Stored size'), formatBytesExactly(runtime.storedBytes)],
    [t('Raw size'), runtime.rawBytes === undefined ? undefined : formatBytesExactly(runtime.rawBytes)],
    [t('Functions'), functions === undefined ? undefined : groupDigits(functions)],
    [t('Memory, in pages of 64 KiB'), memory && t('{0} at first, {1}', memory.minimum, maximum)],
  ];
  const rest = factsOf(report)
    .filter(({ id }) => id === 'compression' || id === 'container' || id === 'code' || id === 'worker')
    .map(({ label, lines }): PageFact => ({ label: t(label), value: oneLine(lines.join(', ')) }));
  const hash: PageFact = {
    label: t('Code hash'),
    value: runtime.codeHash,
    isCode: true,
    about: t('blake2b-256 of the bytes as stored, which a governance call contains.'),
    button: { label: t('Copy'), message: { kind: 'copy-hash' } },
  };
  const known = facts.flatMap(([label, value, about]): PageFact[] =>
    value === undefined ? [] : [{ label, value: oneLine(`${value}`), ...(about !== undefined && { about }) }],
  );
  return { kind: 'facts', id: 'overview', heading: t('Overview'), facts: [...known, hash, ...rest] };
}

function findingsSection(report: Report, t: Translate): FindingsSection {
  const findings = bySeverity(report.findings)
    .flat()
    .map((finding): PageFinding => {
      const { first, rest } = findingTexts(finding);
      const severity = t(capitalize(severityWords[finding.severity]));
      return {
        severity: finding.allowed === true ? t('{0} (allowed)', severity) : severity,
        tone: finding.allowed === true ? 'unknown' : severityTones[finding.severity],
        message: first,
        ...(rest !== undefined && { hint: rest }),
        button: { label: t('Explain'), message: { kind: 'explain', findingId: finding.id } },
      };
    });
  return { kind: 'findings', id: 'findings', heading: t('Findings'), findings, empty: t('There are no findings.') };
}

function figures(report: Report, t: Translate): FactsSection {
  const facts = figuresOf(report).map((figure): PageFact => {
    const { item } = figure;
    const value = item === undefined ? amountText(figure) : `${usedOfLimit(figure, t)} (${ratioText(figure) ?? ''})`;
    return {
      label: figureLabel(figure, t),
      value,
      about: aboutFigure(figure, report, t),
      ...(item && { tone: levelTones[item.level] }),
    };
  });
  const source = { label: t('Source of the limits'), value: limitSource({ isBudget: false }, report, t) };
  return { kind: 'facts', id: 'limits', heading: t('Limits'), facts: [...facts, source] };
}

function aboutFigure(figure: Figure, report: Report, t: Translate): string {
  const { id, item } = figure;
  const about = t(measureOf(id).about);
  if (item === undefined) return about;
  const room = item.id === 'cpu-time' ? headRoom(report) : undefined;
  const level = t('It is {0}.', levelText(item, t));
  return [level, about, t(limitOf(item.id).about), room === undefined ? '' : `${capitalize(room)}.`]
    .filter((part) => part !== '')
    .join(' ');
}

function sectionsTable({ runtime }: Report, t: Translate): TableSection {
  const { sections = [], rawBytes } = runtime;
  return {
    kind: 'table',
    id: 'sections',
    heading: t('Sections ({0})', sections.length),
    columns: [{ label: t('Section') }, { label: t('Size'), isNumber: true }, { label: t('Share'), isNumber: true }],
    rows: [...sections]
      .sort((a, b) => b.bytes - a.bytes)
      .map(({ name, bytes }) => [
        oneLine(name),
        formatBytesExactly(bytes),
        rawBytes ? formatRatio(bytes / rawBytes) : '',
      ]),
    empty: t('The sections are not known.'),
  };
}

function importsTable({ runtime: { imports = [] } }: Report, t: Translate): TableSection {
  return {
    kind: 'table',
    id: 'imports',
    heading: t('Imports ({0})', imports.length),
    columns: [{ label: t('Module') }, { label: t('Name') }, { label: t('Kind') }],
    rows: imports.map(({ module, name, kind }) => [oneLine(module), oneLine(name), kind]),
    empty: t('It imports nothing.'),
    search: { label: t('Search the imports'), none: t('No import matches.') },
  };
}

function exportsTable({ runtime: { exports = [] } }: Report, t: Translate): TableSection {
  return {
    kind: 'table',
    id: 'exports',
    heading: t('Exports ({0})', exports.length),
    columns: [{ label: t('Name') }, { label: t('Kind') }],
    rows: exports.map(({ name, kind }) => [oneLine(name), kind]),
    empty: t('It exports nothing.'),
    search: { label: t('Search the exports'), none: t('No export matches.') },
  };
}
