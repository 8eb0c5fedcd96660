/** Every code of a chain in one table, for a terminal. */
import { groupDigits } from '../base/units.ts';
import { amountText } from '../model/figure-text.ts';
import { figuresOf } from '../model/figures.ts';
import { isProblem, isReport, type ProblemEntry, problemWord, type ReportEntry } from '../model/input-problem.ts';
import type { MeasureId } from '../model/measures.ts';
import type { Finding, Report, WorkerSummary } from '../model/report.ts';
import { bySeverity, severityWords } from '../model/severity.ts';
import { upgradeText } from '../model/upgrade-text.ts';
import { statusWord, summaryText } from './conclusion.ts';
import { oneLine, type Paint, painter, printable, type Style, wrap } from './terminal.ts';

const width = 100;
const placesShown = 8;

interface ChainTextOptions {
  readonly colour: boolean;
}

interface Column {
  readonly head: string;
  readonly isNumber?: boolean;
  text(report: Report): string;
}

const columns: readonly Column[] = [
  { head: 'para', text: ({ para, runtime }) => (para === undefined ? runtime.path : `${para.id}`), isNumber: true },
  { head: 'code', text: ({ para }) => para?.code ?? '' },
  { head: 'name', text: ({ runtime }) => runtime.specName ?? '' },
  { head: 'version', text: ({ runtime }) => `${runtime.specVersion ?? ''}`, isNumber: true },
  { head: 'vote', text: ({ vote }) => vote },
  { head: 'conclusion', text: statusWord },
  { head: 'CPU', text: figureCell('cpu-time'), isNumber: true },
  { head: 'memory', text: figureCell('memory'), isNumber: true },
  { head: 'stored', text: figureCell('stored-bytes'), isNumber: true },
  { head: 'raw', text: figureCell('raw-bytes'), isNumber: true },
  { head: 'worker', text: ({ worker }) => (worker === undefined ? '' : workerText(worker)) },
  {
    head: 'upgrade',
    text: ({ para }) => (para?.code !== 'current' ? '' : upgradeText(para.upgrade, para.block.number)),
  },
];

/** The table, the totals, then each finding once with the codes that have it. Rows are as long as they need. */
export function formatChainText(entries: readonly ReportEntry[], { colour }: ChainTextOptions): string {
  const paint = painter(colour);
  const reports = entries.filter(isReport);
  const blocks = [
    headLine(reports),
    tableOf(reports, paint),
    paint(summaryText(entries), 'bold'),
    ...entries.filter(isProblem).map((entry) => problemBlock(entry, paint)),
    ...findingBlocks(reports, paint),
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

function headLine(reports: readonly Report[]): string {
  const [first] = reports.flatMap(({ para }) => (para === undefined ? [] : [para]));
  return first === undefined
    ? ''
    : `${oneLine(first.relayChain)} at block ${groupDigits(first.block.number)} (${first.block.hash})`;
}

const statusStyles: Readonly<Record<Report['conclusion']['status'], Style>> = {
  pass: 'green',
  fail: 'red',
  undecided: 'yellow',
};

function tableOf(reports: readonly Report[], paint: Paint): string {
  if (reports.length === 0) return '';
  const workers = new Set(reports.map(({ worker }) => worker && workerText(worker)));
  const shown = columns.filter(({ head }) => head !== 'worker' || workers.size > 1);
  const rows = reports.map((report) => shown.map((column) => oneLine(column.text(report))));
  const widths = shown.map(({ head }, at) => Math.max(head.length, ...rows.map((row) => row[at]?.length ?? 0)));
  const line = (cells: readonly string[]) =>
    cells.map((cell, at) => (shown[at]?.isNumber ? cell.padStart(widths[at] ?? 0) : cell.padEnd(widths[at] ?? 0)));
  const head = paint(
    line(shown.map((column) => column.head))
      .join('  ')
      .trimEnd(),
    'dim',
  );
  const body = rows.map((row, at) => {
    const status = reports[at]?.conclusion.status ?? 'undecided';
    const cells = line(row).map((cell, cellAt) =>
      shown[cellAt]?.head === 'conclusion' ? paint(cell, statusStyles[status]) : cell,
    );
    return cells.join('  ').trimEnd();
  });
  return [head, ...body].join('\n');
}

function figureCell(id: MeasureId): Column['text'] {
  return (report) => {
    const figure = figuresOf(report).find((one) => one.id === id);
    return figure === undefined ? '' : amountText(figure);
  };
}

function workerText({ kind, version }: WorkerSummary): string {
  return version === undefined ? kind : `${kind} ${version}`;
}

function problemBlock(entry: ProblemEntry, paint: Paint): string {
  const { path, problem } = entry;
  const title = `${paint(problemWord(entry).toUpperCase(), 'bold', 'red')}  ${paint(oneLine(path), 'bold')}`;
  const text = wrap(printable(`${problem.message}\nhelp: ${problem.remedy}`), width - 2);
  return [title, ...text.map((line) => `  ${line}`)].join('\n');
}

interface Found {
  readonly finding: Finding;
  readonly places: string[];
}

const severityStyles = { error: 'red', warning: 'yellow', information: 'cyan' } as const;

/** Many chains have the same finding. */
function findingBlocks(reports: readonly Report[], paint: Paint): string[] {
  const found = new Map<string, Found>();
  for (const { findings, para, runtime } of reports) {
    const place = para === undefined ? runtime.path : `para ${para.id}${para.code === 'pending' ? ' (pending)' : ''}`;
    for (const finding of findings) {
      const key = `${finding.severity} ${finding.id} ${finding.allowed ?? ''} ${finding.message}`;
      const group = found.get(key) ?? { finding, places: [] };
      if (!group.places.includes(place)) group.places.push(place);
      found.set(key, group);
    }
  }
  const groups = [...found.values()];
  return bySeverity(groups.map(({ finding }) => finding)).flatMap((findings) =>
    findings.map((finding) => {
      const places = groups.find((group) => group.finding === finding)?.places ?? [];
      return findingBlock(finding, places, paint);
    }),
  );
}

function findingBlock(
  { id, severity, message, hint, allowed }: Finding,
  places: readonly string[],
  paint: Paint,
): string {
  const title = `${severityWords[severity]}[${printable(id)}]${allowed ? ' (allowed)' : ''}`;
  const [first = '', ...others] = wrap(`${title}: ${printable(message)}`, width);
  const more = places.length - placesShown;
  const where = `in ${places.slice(0, placesShown).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
  const help = hint === undefined ? [] : wrap(`help: ${printable(hint)}`, width - 2);
  return [
    `${paint(title, 'bold', severityStyles[severity])}${first.slice(title.length)}`,
    ...[...others, ...wrap(oneLine(where), width - 2), ...help].map((line) => `  ${line}`),
  ].join('\n');
}
