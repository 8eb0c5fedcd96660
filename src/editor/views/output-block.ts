import { capitalize } from '../../base/text.ts';
import { deltaOf } from '../../model/delta.ts';
import { deltaText, figureLabel, headRoom, limitText, ratioText, usedText } from '../../model/figure-text.ts';
import { type Figure, figuresOf } from '../../model/figures.ts';
import { measureOf } from '../../model/measures.ts';
import type { Report } from '../../model/report.ts';
import { bySeverity, severityWords } from '../../model/severity.ts';
import { type FactId, factsOf, runtimeName } from '../../report/facts.ts';
import { bar, oneLine, printable } from '../../report/terminal.ts';
import { errorText, findingMessage, verdictWord } from '../../report/verdict.ts';

const labelWidth = 13;
const barCells = 20;
/** Facts that a log is read for; the report has the others. */
const factsShown: ReadonlySet<FactId> = new Set([
  'memory',
  'time',
  'code-hash',
  'checksum',
  'job',
  'worker',
  'security',
  'profile',
]);

/**
 * A job in the log, always in the same lines, so that two can be laid side by side. A log is kept in English, like the
 * worker's own lines: it is what people paste in bug reports.
 */
export function outputBlock(report: Report, previous?: Report): string {
  const { verdict, runtime } = report;
  const error = errorText(report);
  const lines = [
    `${verdictWord(report)}  ${oneLine(runtimeName(runtime))}`,
    row('Blob', oneLine(runtime.path)),
    row('Reason', printable(verdict.reason)),
    ...(error === undefined ? [] : [row('Error', printable(error))]),
    ...figureRows(report, previous),
    ...factRows(report),
    ...bySeverity(report.findings)
      .flat()
      .flatMap((finding) => [
        row(capitalize(severityWords[finding.severity]), `${finding.id}: ${oneLine(findingMessage(finding, report))}`),
        ...(finding.hint === undefined ? [] : [row('', oneLine(finding.hint))]),
      ]),
  ];
  return lines.join('\n');
}

function figureRows(report: Report, previous: Report | undefined): string[] {
  const room = headRoom(report);
  return figuresOf(report).flatMap((figure) => {
    const { item } = figure;
    const limit = limitText(figure);
    const text = [
      `${usedText(figure)}${limit === undefined ? '' : ` of ${limit}`}`,
      item === undefined ? '' : `${bar(item.ratio, barCells)} ${ratioText(figure)} ${item.level}`,
      sizeDelta(figure, report, previous) ?? '',
    ];
    const line = row(figureLabel(figure), text.filter((part) => part !== '').join('  '));
    return item?.id === 'cpu-time' && room !== undefined ? [line, row('', room)] : [line];
  });
}

/** Sizes alone: times and memory differ from one run to the next. */
function sizeDelta({ id, kind, unit }: Figure, report: Report, previous: Report | undefined): string | undefined {
  if (kind !== 'size' || previous === undefined) return undefined;
  return deltaText(deltaOf(measureOf(id), previous, report), unit);
}

function factRows(report: Report): string[] {
  return factsOf(report)
    .filter(({ id }) => factsShown.has(id))
    .flatMap(({ label, lines, path }) =>
      [...lines, ...(path === undefined ? [] : [path])].map((line, at) => row(at === 0 ? label : '', oneLine(line))),
    );
}

function row(label: string, text: string): string {
  const indent = `\n${' '.repeat(labelWidth + 3)}`;
  return `  ${label.padEnd(labelWidth)} ${text.replaceAll('\n', indent)}`.trimEnd();
}
