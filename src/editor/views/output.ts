/** The log channel: results of checks, and lines of the worker. The log is in English, because users paste it into bug reports. */
import type { Disposable } from 'vscode';
import type { Log } from '../../base/log.ts';
import { capitalize } from '../../base/text.ts';
import { amountText, figureLabel, headRoom, limitText, ratioText } from '../../model/figure-text.ts';
import { type Figure, figuresOf } from '../../model/figures.ts';
import type { Reference } from '../../model/history.ts';
import { measureOf } from '../../model/measures.ts';
import type { Report } from '../../model/report.ts';
import { bySeverity, severityWords } from '../../model/severity.ts';
import { clearChangeText } from '../../report/changes.ts';
import { errorText, statusWord, voteText } from '../../report/conclusion.ts';
import { type FactId, factsOf, runtimeName } from '../../report/facts.ts';
import { bar, oneLine, printable } from '../../report/terminal.ts';
import type { Services } from '../services.ts';
import { titleOf } from './labels.ts';

/** Logs the result of every check. A cached result that was already logged takes one line. */
export function logChecks({ checks, channel }: Pick<Services, 'checks' | 'channel'>): Disposable {
  const logged = new Map<string, string>();
  return checks.onDidFinish(({ runtime, state: { report, reference, problem }, fromCache }) => {
    if (problem !== undefined) {
      channel.warn([`${runtime.name}: ${problem.message}`, problem.remedy ?? ''].join(' ').trim());
      return;
    }
    if (report === undefined) return;
    if (fromCache && logged.get(runtime.id) === report.createdAt) {
      channel.info(`${runtime.name}: ${report.conclusion.status}, as before; the blob did not change.`);
      return;
    }
    logged.set(runtime.id, report.createdAt);
    const block = outputBlock(report, reference, titleOf(runtime, { report }));
    if (report.conclusion.status === 'fail') channel.error(block);
    else channel.info(block);
  });
}

const LABEL_WIDTH = 13;
const BAR_CELLS = 20;
/** The facts in the log. The report has the others. */
const loggedFacts: ReadonlySet<FactId> = new Set([
  'memory',
  'time',
  'code',
  'code-hash',
  'checksum',
  'job',
  'worker',
  'security',
  'profile',
]);

/** The result of a check. Always has the same lines, so that two blocks are easy to compare. */
export function outputBlock(report: Report, reference?: Reference, name = runtimeName(report.runtime)): string {
  const { conclusion, runtime } = report;
  const error = errorText(report);
  const findings = bySeverity(report.findings).flat();
  const lines = [
    `${statusWord(report)}  ${oneLine(name)}  (${voteText(report)})`,
    row('Blob', oneLine(runtime.path)),
    row('Reason', printable(conclusion.reason)),
    ...(error === undefined ? [] : [row('Error', printable(error))]),
    ...figureRows(report, reference),
    ...factRows(report),
    ...findings.flatMap((finding) => [
      row(capitalize(severityWords[finding.severity]), `${finding.id}: ${oneLine(finding.message)}`),
      ...(finding.hint === undefined ? [] : [row('', oneLine(finding.hint))]),
    ]),
  ];
  return lines.join('\n');
}

function figureRows(report: Report, reference: Reference | undefined): string[] {
  const room = headRoom(report);
  return figuresOf(report).flatMap((figure) => {
    const { item } = figure;
    const limit = limitText(figure);
    const text = [
      `${amountText(figure)}${limit === undefined ? '' : ` of ${limit}`}`,
      item === undefined ? '' : `${bar(item.ratio, BAR_CELLS)} ${ratioText(figure)} ${item.level}`,
      figureChange(figure, report, reference),
    ];
    const line = row(figureLabel(figure), text.filter((part) => part !== '').join('  '));
    return item?.id === 'cpu-time' && room !== undefined ? [line, row('', room)] : [line];
  });
}

/** `+12.3 KiB (+1.2 %) since 1a2b3c4` */
function figureChange({ id, isBudget }: Figure, report: Report, reference: Reference | undefined): string {
  if (isBudget || reference === undefined) return '';
  const change = clearChangeText(measureOf(id), reference.entry, report);
  return change === undefined ? '' : oneLine(`${change} ${reference.text}`);
}

function factRows(report: Report): string[] {
  return factsOf(report)
    .filter(({ id }) => loggedFacts.has(id))
    .flatMap(({ label, lines, path }) =>
      [...lines, ...(path === undefined ? [] : [path])].map((line, at) => row(at === 0 ? label : '', oneLine(line))),
    );
}

function row(label: string, text: string): string {
  const indent = `\n${' '.repeat(LABEL_WIDTH + 3)}`;
  return `  ${label.padEnd(LABEL_WIDTH)} ${text.replaceAll('\n', indent)}`.trimEnd();
}

/** Lines of the worker that look like errors but are harmless. */
const harmless: readonly { readonly pattern: RegExp; readonly note: string }[] = [
  {
    // polkadot-sdk issue 8227: the worker logs the end of its socket as an error.
    pattern: /quitting pvf worker \(prepare\).*failed to fill whole buffer/,
    note: 'harmless: the worker was stopped on purpose, but logs that as an error',
  },
  {
    pattern: /Cannot unshare user namespace|can't (?:change root|unshare)|unprivileged_userns/i,
    note: 'harmless here: this machine does not allow the sandbox, which does not affect the vote',
  },
];

/** Adds notes to harmless lines that look like errors. */
export function explainingLog(log: Log): Log {
  const explained = (message: string) => {
    const note = harmless.find(({ pattern }) => pattern.test(message))?.note;
    return note === undefined ? message : `${message}  [${note}]`;
  };
  return {
    error: (message) => log.error(explained(message)),
    warn: (message) => log.warn(explained(message)),
    info: (message) => log.info(explained(message)),
    debug: (message) => log.debug(explained(message)),
  };
}
