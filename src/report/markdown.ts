/** Reports as Markdown: for a pull request, a `$GITHUB_STEP_SUMMARY` and the editor's page. */
import { lastCharacters, truncate } from '../base/text.ts';
import { deltaOf } from '../model/delta.ts';
import { amountText, deltaShareText, ratioText } from '../model/figure-text.ts';
import { type Figure, figuresOf } from '../model/figures.ts';
import type { Reference } from '../model/history.ts';
import { isProblem, type ProblemEntry, problemWord, type ReportEntry } from '../model/input-problem.ts';
import { measureOf } from '../model/measures.ts';
import type { Conclusion, Report } from '../model/report.ts';
import type { ReferenceOf } from './changes.ts';
import { statusWord, summaryText, voteText } from './conclusion.ts';
import { runtimeName } from './facts.ts';
import { type Block, bytesOf, folded, joinBlocks, MAX_COMMENT_BYTES } from './markdown-blocks.ts';
import { reportBlocks } from './markdown-report.ts';
import { code, prose, table } from './markdown-text.ts';
import { oneLine } from './terminal.ts';

/** The first line of a comment, by which a later run finds it and replaces its text. */
export const commentMarker = '<!-- pvf-report -->';

/** Rows of the table of all runtimes, and entries whose reason is shown above the fold. */
const ROWS_SHOWN = 100;
const REASONS_SHOWN = 10;
/** Room for the tags of a section, or for the note about what is left out. */
const NOTES_BYTES = 400;

export interface MarkdownOptions {
  /** The name of a report's runtime. Absent: its spec name and version. */
  readonly nameOf?: (report: Report) => string;
  /** What a report is compared with. Absent: the page has no changes. */
  readonly referenceOf?: ReferenceOf;
}

/** The conclusion comes first, details are folded. Several entries have a table, and a folded section each. */
export function formatMarkdown(entries: readonly ReportEntry[], options: MarkdownOptions = {}): string {
  const [only, ...others] = entries;
  if (only === undefined || others.length > 0) return `${overview(entries, options)}\n`;
  const heading = { text: `## ${prose(titleOf(only, options))}` };
  return `${joinBlocks([heading, ...entryBlocks(only, options)], MAX_COMMENT_BYTES)}\n`;
}

/** For a comment that later runs replace. */
export function formatComment(entries: readonly ReportEntry[], options: MarkdownOptions = {}): string {
  return `${commentMarker}\n${formatMarkdown(entries, options)}`;
}

function titleOf(entry: ReportEntry, options: MarkdownOptions): string {
  if (isProblem(entry)) return `❌ ${problemWord(entry)}: ${clip(entry.path)}`;
  return `${signOf(entry)}: ${clip(nameOf(entry, options))} (${voteText(entry)})`;
}

function nameOf(report: Report, { nameOf = ({ runtime }) => runtimeName(runtime) }: MarkdownOptions): string {
  return nameOf(report);
}

const NAME_CHARACTERS = 160;
const REASON_CHARACTERS = 400;

/** One line. The end of a path says more than its start. */
function clip(text: string): string {
  const line = oneLine(text);
  return line.length <= NAME_CHARACTERS ? line : `…${lastCharacters(line, NAME_CHARACTERS)}`;
}

const signs: Readonly<Record<Conclusion['status'], string>> = { pass: '✅', fail: '❌', undecided: '❔' };

/** An inspection that found no error promises less than a pass. */
function signOf(report: Report): string {
  const sign =
    report.outcome === undefined && report.conclusion.status === 'pass' ? '🔍' : signs[report.conclusion.status];
  return `${sign} ${statusWord(report)}`;
}

function entryBlocks(entry: ReportEntry, { referenceOf }: MarkdownOptions): Block[] {
  return isProblem(entry) ? [{ text: problemItem(entry) }] : reportBlocks(entry, referenceOf?.(entry));
}

function problemItem({ problem }: ProblemEntry): string {
  return `- **error** ${code(problem.id)} ${prose(oneLine(problem.message))}<br>${prose(oneLine(problem.remedy))}`;
}

function overview(entries: readonly ReportEntry[], options: MarkdownOptions): string {
  const worstFirst = [...entries].sort((a, b) => rankOf(a) - rankOf(b));
  const head: Block[] = [
    { text: '## PVF check' },
    { text: summaryText(entries) },
    { text: reasonList(worstFirst, options) },
    { text: overviewTable(entries.length > ROWS_SHOWN ? worstFirst : entries, options) },
  ];
  const start = joinBlocks(head, MAX_COMMENT_BYTES);
  let left = MAX_COMMENT_BYTES - bytesOf(start) - NOTES_BYTES;
  const sections = new Map<ReportEntry, string>();
  // Those that fail get their details first.
  for (const entry of worstFirst) {
    const section = sectionOf(entry, options, left);
    if (bytesOf(section) + 2 > left) continue;
    left -= bytesOf(section) + 2;
    sections.set(entry, section);
  }
  const missing = entries.length - sections.size;
  const note = `${missing} of ${entries.length} runtimes are left out here, because a comment has a size limit. The JSON report has all.`;
  return [start, ...entries.flatMap((entry) => sections.get(entry) ?? []), ...(missing === 0 ? [] : [note])].join(
    '\n\n',
  );
}

function sectionOf(entry: ReportEntry, options: MarkdownOptions, room: number): string {
  const title = titleOf(entry, options);
  return folded(title, joinBlocks(entryBlocks(entry, options), room - bytesOf(title) - NOTES_BYTES));
}

function rankOf(entry: ReportEntry): number {
  if (isProblem(entry)) return 0;
  return { fail: 0, undecided: 1, pass: 2 }[entry.conclusion.status];
}

/** Why runtimes do not pass. */
function reasonList(worstFirst: readonly ReportEntry[], options: MarkdownOptions): string {
  const bad = worstFirst.filter((entry) => rankOf(entry) < 2);
  const items = bad.slice(0, REASONS_SHOWN).map((entry) => {
    const reason = isProblem(entry) ? entry.problem.message : entry.conclusion.reason;
    const name = isProblem(entry) ? entry.path : nameOf(entry, options);
    return `- ${code(clip(name))}: ${prose(truncate(oneLine(reason), REASON_CHARACTERS))}`;
  });
  const more = bad.length - items.length;
  return [...items, ...(more === 0 ? [] : [`- and ${more} more`])].join('\n');
}

function overviewTable(entries: readonly ReportEntry[], options: MarkdownOptions): string {
  if (entries.length === 0) return '';
  const hasReference = entries.some((entry) => !isProblem(entry) && options.referenceOf?.(entry) !== undefined);
  const rows = entries.slice(0, ROWS_SHOWN).map((entry) => overviewRow(entry, hasReference, options));
  const change = hasReference ? ['Change'] : [];
  const head = ['Conclusion', 'Vote', 'Runtime', 'CPU time', ...change, 'Stored size', ...change];
  const more = entries.length - rows.length;
  return `${table(head, rows)}${more === 0 ? '' : `\n\n${more} more runtimes are in the JSON report.`}`;
}

function overviewRow(entry: ReportEntry, hasReference: boolean, options: MarkdownOptions): string[] {
  if (isProblem(entry)) {
    return [`❌ ${problemWord(entry)}`, '', code(clip(entry.path)), ...(hasReference ? ['', '', '', ''] : ['', ''])];
  }
  const figures = figuresOf(entry);
  const reference = options.referenceOf?.(entry);
  const cells = (['cpu-time', 'stored-bytes'] as const).flatMap((id) => {
    const figure = figures.find((one) => one.id === id);
    return [figureCell(figure), ...(hasReference ? [changeCell(id, reference, entry)] : [])];
  });
  return [signOf(entry), voteText(entry), code(clip(nameOf(entry, options))), ...cells];
}

function changeCell(id: 'cpu-time' | 'stored-bytes', reference: Reference | undefined, report: Report): string {
  const delta = reference && deltaOf(measureOf(id), reference.entry, report);
  return delta?.isNotable ? `**${deltaShareText(delta)}**` : deltaShareText(delta);
}

function figureCell(figure: Figure | undefined): string {
  if (figure === undefined) return '';
  const ratio = ratioText(figure);
  return ratio === undefined ? amountText(figure) : `${amountText(figure)} (${ratio})`;
}
