import { groupDigits } from '../base/units.ts';
import { codeSourceText } from '../model/code-source.ts';
import { amountText, figureLabel, headRoom, levelWord, limitText, ratioText } from '../model/figure-text.ts';
import { type Figure, figuresOf } from '../model/figures.ts';
import { isProblem, type ProblemEntry, problemWord, type ReportEntry } from '../model/input-problem.ts';
import type { Finding, Report, RuntimeSummary } from '../model/report.ts';
import { bySeverity, severityWords } from '../model/severity.ts';
import type { Sizes } from '../model/size-tree.ts';
import { changesText, type ReferenceOf } from './changes.ts';
import { errorText, estimateNote, outcomeNote, statusWord, summaryText, voteText } from './conclusion.ts';
import { costTables } from './costs.ts';
import { type Fact, factsOf, runtimeName } from './facts.ts';
import { code, fence, prose, table } from './markdown-text.ts';
import { pendingLines, pendingText } from './pending.ts';
import { withLinks } from './references.ts';
import { foldedTables, retainedNote, type SizeTable, sizeTables, whyLines } from './sizes.ts';
import { oneLine } from './terminal.ts';

export interface MarkdownOptions {
  /** The name of a report's runtime. Absent: its spec name and version. */
  readonly nameOf?: (report: Report) => string;
  /** What a report is compared with. Absent: the page has no changes. */
  readonly referenceOf?: ReferenceOf;
}

/** For a pull request comment or a `$GITHUB_STEP_SUMMARY`. Several reports start with a table of all conclusions. */
export function formatMarkdown(entries: readonly ReportEntry[], options: MarkdownOptions = {}): string {
  const sections = entries.map((entry) => (isProblem(entry) ? problemBlocks(entry) : reportBlocks(entry, options)));
  if (entries.length !== 1) sections.unshift(overviewBlocks(entries, options));
  return `${sections.flat().join('\n\n')}\n`;
}

function nameOf(report: Report, options: MarkdownOptions): string {
  return options.nameOf?.(report) ?? runtimeName(report.runtime);
}

function overviewBlocks(entries: readonly ReportEntry[], options: MarkdownOptions): string[] {
  const rows = entries.map((report) => {
    if (isProblem(report)) return [problemHeading(report), '', code(report.path), '', ''];
    const figures = figuresOf(report);
    const cells = ['cpu-time', 'stored-bytes'].map((id) => figureCell(figures.find((figure) => figure.id === id)));
    return [statusWord(report), voteText(report), code(nameOf(report, options)), ...cells];
  });
  const heading = `# PVF check\n\n${summaryText(entries)}`;
  return rows.length === 0
    ? [heading]
    : [heading, table(['Conclusion', 'Vote', 'Runtime', 'CPU time', 'Stored size'], rows)];
}

function problemBlocks(entry: ProblemEntry): string[] {
  const { path, problem } = entry;
  return [
    `## ${problemHeading(entry)}: ${prose(oneLine(path))}`,
    `- **error** ${code(problem.id)} ${prose(oneLine(problem.message))}<br>${prose(oneLine(problem.remedy))}`,
  ];
}

function problemHeading(entry: ProblemEntry): string {
  return `❌ ${problemWord(entry)}`;
}

function reportBlocks(report: Report, options: MarkdownOptions): string[] {
  const { runtime, findings } = report;
  const error = errorText(report);
  const reference = options.referenceOf?.(report);
  const blocks = [
    `## ${statusWord(report)}: ${prose(oneLine(nameOf(report, options)))} (${voteText(report)})`,
    prose(report.conclusion.reason),
    error === undefined ? '' : fence(error),
    prose(outcomeNote(report) ?? ''),
    placeLine(runtime),
    prose(estimateNote(report) ?? ''),
    prose((reference && changesText(reference, report)) ?? ''),
    figuresTable(report),
    headroomLine(report),
    pendingLines(report)
      .map((line) => `- **${line.title}**: ${prose(pendingText(line))}`)
      .join('\n'),
    ...bySeverity(findings).map((group) => group.map(findingItem).join('\n')),
    costDetails(report),
    ...(report.sizes === undefined ? [] : sizeDetails(report.sizes)),
    details(factsOf(report), report),
  ];
  return blocks.filter((block) => block !== '');
}

function placeLine({ path, codeAt }: RuntimeSummary): string {
  return codeAt === undefined ? code(path) : `${code(path)}, ${prose(codeSourceText(codeAt))}`;
}

/** Each figure once, with its limit if it has one. */
function figuresTable(report: Report): string {
  const rows = figuresOf(report).map((figure) => {
    const level = figure.item === undefined ? '' : levelWord(figure.item);
    const shown = level === '' || level === 'ok' ? level : `**${level}**`;
    const limited = [limitText(figure) ?? '', ratioText(figure) ?? '', shown];
    return [figureLabel(figure), amountText(figure), ...limited, exactBytes(figure)];
  });
  return rows.length === 0
    ? ''
    : table(['', 'Used', 'Limit', 'Share', 'Level', 'Bytes'], rows, ':-- --: --: --: :-- --:');
}

function headroomLine(report: Report): string {
  const note = headRoom(report);
  return note === undefined ? '' : `CPU headroom: ${note}.`;
}

/** All digits of a size, which the amount rounds. */
function exactBytes({ kind, used }: Figure): string {
  return kind === 'size' ? groupDigits(used) : '';
}

function findingItem({ id, severity, message, hint, allowed }: Finding): string {
  const help = hint === undefined ? '' : `<br>${withLinks(prose(oneLine(hint)))}`;
  return `- **${severityWords[severity]}**${allowed ? ' (allowed)' : ''} ${code(id)} ${prose(oneLine(message))}${help}`;
}

function details(facts: readonly Fact[], { tool, createdAt }: Report): string {
  const rows = facts.map(({ label, lines, path }) => [
    label,
    [...lines, ...(path === undefined ? [] : [path])].map(code).join('<br>'),
  ]);
  const made = `Created by ${prose(`${tool.name} ${tool.version}`)} at ${prose(createdAt)}.`;
  return `<details>\n<summary>Worker, hashes and profile</summary>\n\n${table(['', ''], rows)}\n\n${made}\n\n</details>`;
}

function costDetails(report: Report): string {
  const tables = costTables(report).map(sizeTable);
  if (tables.length === 0) return '';
  return `<details>\n<summary>Costliest to prepare</summary>\n\n${tables.join('\n\n')}\n\n</details>`;
}

function sizeDetails(sizes: Sizes): string[] {
  const tables = [...foldedTables(sizes), ...sizeTables(sizes)].map(sizeTable);
  const why = whyLines(sizes)?.map((line) => prose(oneLine(line))) ?? [];
  const note = sizes.retained === undefined ? [] : [prose(retainedNote)];
  if (tables.length === 0 && why.length === 0) return [];
  const blocks = [...tables, ...note, ...why].join('\n\n');
  return [`<details>\n<summary>Sizes</summary>\n\n${blocks}\n\n</details>`];
}

function sizeTable({ title, head, rows }: SizeTable): string {
  const cells = rows.map((row) => row.map((cell, at) => (at === row.length - 1 ? code(oneLine(cell)) : cell)));
  const align = head.map((_, at) => (at === head.length - 1 ? ':--' : '--:')).join(' ');
  return `**${title}**\n\n${table(head, cells, align)}`;
}

function figureCell(figure: Figure | undefined): string {
  if (figure === undefined) return '';
  const ratio = ratioText(figure);
  return ratio === undefined ? amountText(figure) : `${amountText(figure)} (${ratio})`;
}
