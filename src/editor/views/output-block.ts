import type { Report } from '../../model/report.ts';
import { factsOf, runtimeName } from '../../report/facts.ts';
import { figuresOf, headRoom, limitText, ratioText, usedText } from '../../report/figures.ts';
import { bar, oneLine, printable } from '../../report/terminal.ts';
import { bySeverity, errorText, findingMessage, verdictWord } from '../../report/verdict.ts';
import { deltaText } from './plain-text.ts';

const labelWidth = 13;
const barCells = 20;
/** Facts that a log is read for; the report has the others. */
const factsShown: readonly string[] = [
  'Memory',
  'Time',
  'Code hash',
  'Checksum',
  'Job',
  'Worker',
  'Security',
  'Profile',
];

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
        row(
          finding.severity === 'information' ? 'Note' : capital(finding.severity),
          `${finding.id}: ${oneLine(findingMessage(finding, report))}`,
        ),
        ...(finding.hint === undefined ? [] : [row('', oneLine(finding.hint))]),
      ]),
  ];
  return lines.join('\n');
}

function figureRows(report: Report, previous: Report | undefined): string[] {
  const before = previous === undefined ? [] : figuresOf(previous);
  const room = headRoom(report);
  return figuresOf(report).flatMap((figure) => {
    const then = before.find(({ label }) => label === figure.label);
    const delta = figure.kind === 'size' ? deltaText(then?.used, figure.used) : undefined;
    const share =
      figure.item === undefined
        ? ''
        : `  ${bar(figure.item.ratio, barCells)} ${ratioText(figure)} ${figure.item.level}`;
    const limit = limitText(figure);
    const text = `${usedText(figure)}${limit === undefined ? '' : ` of ${limit}`}${share}${delta === undefined ? '' : `  ${delta}`}`;
    const line = row(figure.label, text);
    return figure.kind === 'time' && figure.item?.id === 'cpu-time' && room !== undefined
      ? [line, row('', room)]
      : [line];
  });
}

function factRows(report: Report): string[] {
  return factsOf(report)
    .filter(({ label }) => factsShown.includes(label))
    .flatMap(({ label, lines, path }) =>
      [...lines, ...(path === undefined ? [] : [path])].map((line, at) => row(at === 0 ? label : '', oneLine(line))),
    );
}

function row(label: string, text: string): string {
  const indent = `\n${' '.repeat(labelWidth + 3)}`;
  return `  ${label.padEnd(labelWidth)} ${text.replaceAll('\n', indent)}`.trimEnd();
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
