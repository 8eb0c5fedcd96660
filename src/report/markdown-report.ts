/** One report in Markdown, as blocks. */
import { truncate } from '../base/text.ts';
import { groupDigits } from '../base/units.ts';
import { codeSourceText } from '../model/code-source.ts';
import { deltaOf } from '../model/delta.ts';
import {
  amountText,
  deltaShareText,
  deltaText,
  figureLabel,
  headRoom,
  levelWord,
  limitText,
  ratioText,
} from '../model/figure-text.ts';
import { amountOf, type Figure, figuresOf } from '../model/figures.ts';
import type { Reference, ReferenceEntry } from '../model/history.ts';
import { measureOf, measuresForReading } from '../model/measures.ts';
import type { Finding, Report, RuntimeSummary } from '../model/report.ts';
import { bySeverity, severityWords } from '../model/severity.ts';
import type { Sizes } from '../model/size-tree.ts';
import { errorText, estimateNote, outcomeNote } from './conclusion.ts';
import { costTables } from './costs.ts';
import { type Fact, factsOf } from './facts.ts';
import { type Block, folded } from './markdown-blocks.ts';
import { growthDetails, growthTable, metadataDetails, metadataLines, versionLine } from './markdown-changes.ts';
import { code, fence, prose, table } from './markdown-text.ts';
import { pendingLines, pendingText } from './pending.ts';
import { withLinks } from './references.ts';
import { foldedTables, retainedNote, type SizeTable, sizeTables, whyLines } from './sizes.ts';
import { oneLine } from './terminal.ts';

/** Findings that are shown unfolded. */
const FINDINGS_SHOWN = 8;
/** The most of a message or a hint. Ours have a few hundred. */
const FINDING_CHARACTERS = 1500;

/** What a reviewer must see comes first; the rest is folded. Without the heading. */
export function reportBlocks(report: Report, reference: Reference | undefined): Block[] {
  const { conclusion, metadata, sizes } = report;
  const error = errorText(report);
  const [shown, others] = findingsToShow(report, reference);
  const extra = (text: string): Block => ({ text, isExtra: true });
  return [
    { text: prose(conclusion.reason) },
    { text: error === undefined ? '' : fence(error) },
    { text: prose(outcomeNote(report) ?? '') },
    { text: shown.map(findingItem).join('\n') },
    ...(reference && hasChanges(reference.entry, report) ? changeBlocks(reference, report) : [figuresTable(report)]),
    {
      text: pendingLines(report)
        .map((line) => `- **${line.title}**: ${prose(pendingText(line))}`)
        .join('\n'),
    },
    { text: metadataLines(metadata?.changes) },
    extra(notesLine(report)),
    extra(placeLine(report.runtime)),
    extra(others.length === 0 ? '' : folded(`More findings (${others.length})`, others.map(findingItem).join('\n'))),
    extra(metadataDetails(metadata?.changes)),
    extra(reference === undefined ? '' : growthDetails(reference.entry, report)),
    extra(costDetails(report)),
    extra(sizes === undefined ? '' : sizeDetails(sizes)),
    extra(details(factsOf(report), report)),
  ];
}

function hasChanges(entry: ReferenceEntry, report: Report): boolean {
  return measuresForReading.some((measure) => deltaOf(measure, entry, report) !== undefined);
}

function changeBlocks(reference: Reference, report: Report): Block[] {
  return [
    { text: `Changes ${prose(oneLine(reference.text))}: ${versionLine(reference, report)}`.trimEnd() },
    changesTable(reference.entry, report),
    { text: growthTable(reference.entry, report) },
  ];
}

/** Headroom and estimates, in one paragraph. */
function notesLine(report: Report): string {
  const room = headRoom(report);
  const notes = [room === undefined ? '' : `CPU headroom: ${room}.`, prose(estimateNote(report) ?? '')];
  return notes.filter((note) => note !== '').join(' ');
}

function placeLine({ path, codeAt }: RuntimeSummary): string {
  return codeAt === undefined ? code(path) : `${code(path)}, ${prose(codeSourceText(codeAt))}`;
}

/** Each figure once, with its limit if it has one. */
function figuresTable(report: Report): Block {
  const rows = figuresOf(report).map((figure) => [
    figureLabel(figure),
    amountText(figure),
    ...limitCells(figure),
    exactBytes(figure),
  ]);
  const head = ['', 'Used', 'Limit', 'Share', 'Level', 'Bytes'];
  return { text: rows.length === 0 ? '' : table(head, rows, ':-- --: --: --: :-- --:') };
}

/** The same with the figures before. Growth that deserves a look is bold. */
function changesTable(entry: ReferenceEntry, report: Report): Block {
  const rows = figuresOf(report).map((figure) => {
    const measure = measureOf(figure.id);
    const was = amountOf(measure, entry);
    const delta = deltaOf(measure, entry, report);
    const change = deltaText(delta, measure.unit) ?? deltaShareText(delta);
    return [
      figureLabel(figure),
      was === undefined || figure.isBudget ? '' : amountText(was),
      amountText(figure),
      figure.isBudget ? '' : delta?.isNotable ? `**${change}**` : change,
      ...limitCells(figure),
    ];
  });
  const head = ['', 'Before', 'Now', 'Change', 'Limit', 'Share', 'Level'];
  return { text: table(head, rows, ':-- --: --: --: --: --: :--') };
}

function limitCells(figure: Figure): string[] {
  const level = figure.item === undefined ? '' : levelWord(figure.item);
  const shown = level === '' || level === 'ok' ? level : `**${level}**`;
  return [limitText(figure) ?? '', ratioText(figure) ?? '', shown];
}

/** All digits of a size, which the amount rounds. */
function exactBytes({ kind, used }: Figure): string {
  return kind === 'size' ? groupDigits(used) : '';
}

/** Errors and warnings are shown. Notes are folded where anything else is there to read. */
function findingsToShow({ findings }: Report, reference: Reference | undefined): [Finding[], Finding[]] {
  const sorted = bySeverity(findings).flat();
  const serious = sorted.filter(({ severity }) => severity !== 'information');
  const shown = (serious.length > 0 || reference !== undefined ? serious : sorted).slice(0, FINDINGS_SHOWN);
  return [shown, sorted.filter((finding) => !shown.includes(finding))];
}

function findingItem({ id, severity, message, hint, allowed }: Finding): string {
  const help = hint === undefined ? '' : `<br>${withLinks(sentence(hint))}`;
  return `- **${severityWords[severity]}**${allowed ? ' (allowed)' : ''} ${code(id)} ${sentence(message)}${help}`;
}

function sentence(text: string): string {
  return prose(truncate(oneLine(text), FINDING_CHARACTERS));
}

function details(facts: readonly Fact[], { tool, createdAt }: Report): string {
  const rows = facts.map(({ label, lines, path }) => [
    label,
    [...lines, ...(path === undefined ? [] : [path])].map(code).join('<br>'),
  ]);
  const made = `Created by ${prose(`${tool.name} ${tool.version}`)} at ${prose(createdAt)}.`;
  return folded('Worker, hashes and profile', `${table(['', ''], rows)}\n\n${made}`);
}

function costDetails(report: Report): string {
  const tables = costTables(report).map(sizeTable);
  return tables.length === 0 ? '' : folded('Costliest to prepare', tables.join('\n\n'));
}

function sizeDetails(sizes: Sizes): string {
  const tables = [...foldedTables(sizes), ...sizeTables(sizes)].map(sizeTable);
  const why = whyLines(sizes)?.map((line) => prose(oneLine(line))) ?? [];
  const note = sizes.retained === undefined ? [] : [prose(retainedNote)];
  if (tables.length === 0 && why.length === 0) return '';
  return folded('Sizes', [...tables, ...note, ...why].join('\n\n'));
}

function sizeTable({ title, head, rows }: SizeTable): string {
  const cells = rows.map((row) => row.map((cell, at) => (at === row.length - 1 ? code(oneLine(cell)) : cell)));
  const align = head.map((_, at) => (at === head.length - 1 ? ':--' : '--:')).join(' ');
  return `**${title}**\n\n${table(head, cells, align)}`;
}
