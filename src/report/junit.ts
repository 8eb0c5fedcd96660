import { amountText, figureLabel, limitText, ratioText } from '../model/figure-text.ts';
import { type Figure, figuresOf } from '../model/figures.ts';
import { isProblem, isReport, type ProblemEntry, type ReportEntry } from '../model/input-problem.ts';
import type { Conclusion, LimitItem, Report } from '../model/report.ts';
import { severityWords } from '../model/severity.ts';
import { errorText, estimateNote, outcomeNote, voteText } from './conclusion.ts';
import { runtimeName } from './facts.ts';
import { type PendingLine, pendingLines, pendingText } from './pending.ts';

type State = 'passed' | 'failure' | 'error';

const states: Readonly<Record<Conclusion['status'], State>> = {
  pass: 'passed',
  fail: 'failure',
  undecided: 'error',
};

interface TestCase {
  readonly name: string;
  readonly className: string;
  readonly state: State;
  /** Short, for a list. `text` is the long form. */
  readonly message?: string;
  readonly type?: string;
  readonly text?: string;
  readonly timeMs?: number;
  readonly output?: string;
}

/** JUnit XML for CI servers: one test case per entry, and one per limit of a report. Times in seconds. */
export function formatJunit(entries: readonly ReportEntry[]): string {
  const reports = entries.filter(isReport);
  const cases = entries.flatMap((entry) => {
    if (isProblem(entry)) return [problemCase(entry)];
    const name = className(entry, reports);
    return [conclusionCase(entry, name), ...limitCases(entry, name), ...pendingCases(entry, name)];
  });
  const count = (state: State) => cases.filter((test) => test.state === state).length;
  const times = reports.flatMap(({ stats }) => (stats === undefined ? [] : [stats.wallTimeMs]));
  const totals = {
    name: 'pvf',
    tests: cases.length,
    failures: count('failure'),
    errors: count('error'),
    time: times.length === 0 ? undefined : seconds(times.reduce((sum, ms) => sum + ms, 0)),
  };
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${attributes(totals)}>`,
    `  <testsuite${attributes({ ...totals, skipped: 0, timestamp: entries[0]?.createdAt.slice(0, 19) })}>`,
    ...cases.flatMap(caseLines),
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

function problemCase({ path, problem }: ProblemEntry): TestCase {
  return {
    name: 'input',
    className: dotless(path),
    state: 'error',
    message: problem.message,
    type: problem.id,
    text: `${path}\n${problem.message}\n${problem.remedy}`,
  };
}

function conclusionCase(report: Report, className: string): TestCase {
  const { conclusion, outcome, stats, findings } = report;
  const lines = [conclusion.reason, errorText(report), outcomeNote(report)].filter((line) => line !== undefined);
  const note = estimateNote(report);
  const output = findings.map(({ id, severity, message, hint, allowed }) =>
    [
      `${severityWords[severity]}[${id}]${allowed ? ' (allowed)' : ''}: ${message}`,
      ...(hint === undefined ? [] : [`  help: ${hint}`]),
    ].join('\n'),
  );
  output.unshift(voteText(report), ...(note === undefined ? [] : [note]));
  return {
    name: 'conclusion',
    className,
    state: states[conclusion.status],
    message: conclusion.reason,
    type: outcome?.error?.variant ?? conclusion.because[0] ?? conclusion.status,
    text: lines.join('\n'),
    ...(stats === undefined ? {} : { timeMs: stats.wallTimeMs }),
    output: output.join('\n'),
  };
}

function limitCases(report: Report, className: string): TestCase[] {
  return figuresOf(report).flatMap((figure) =>
    figure.item === undefined ? [] : [limitCase(figure, figure.item, className)],
  );
}

function limitCase(figure: Figure, item: LimitItem, className: string): TestCase {
  const text = `${figureLabel(figure)}: ${amountText(figure)} of ${limitText(figure)}, ${ratioText(figure)}`;
  const base = { name: item.id, className };
  return item.level === 'over'
    ? { ...base, state: 'failure', message: text, type: 'over', text }
    : { ...base, state: 'passed', output: text };
}

const pendingStates: Readonly<Record<PendingLine['state'], State>> = {
  accepted: 'passed',
  refused: 'failure',
  unknown: 'error',
};

/** One for each set of scheduled limits. */
function pendingCases(report: Report, className: string): TestCase[] {
  return pendingLines(report).map((line) => {
    const text = pendingText(line);
    const state = pendingStates[line.state];
    const base = { name: `limits ${line.title.toLowerCase()}`, className, state };
    return state === 'passed' ? { ...base, output: text } : { ...base, message: text, type: line.state, text };
  });
}

/** The runtime's name, with the path if two reports have the same name. CI servers split class names at dots. */
function className(report: Report, reports: readonly Report[]): string {
  const name = runtimeName(report.runtime);
  const alone = reports.every((other) => other === report || runtimeName(other.runtime) !== name);
  return dotless(alone ? name : `${name} (${report.runtime.path})`);
}

function dotless(name: string): string {
  return `pvf.${name.replaceAll('.', '_')}`;
}

function caseLines({ name, className, state, message, type, text, timeMs, output }: TestCase): string[] {
  const time = timeMs === undefined ? undefined : seconds(timeMs);
  const start = `    <testcase${attributes({ classname: className, name, time })}`;
  const body = [
    ...(state === 'passed' ? [] : [`<${state}${attributes({ message, type })}>${escapeXml(text ?? '')}</${state}>`]),
    ...(output === undefined ? [] : [`<system-out>${escapeXml(output)}</system-out>`]),
  ];
  return body.length === 0 ? [`${start}/>`] : [`${start}>`, ...body.map((line) => `      ${line}`), '    </testcase>'];
}

function attributes(values: Readonly<Record<string, string | number | undefined>>): string {
  return Object.entries(values)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => ` ${name}="${escapeXml(String(value)).replaceAll('\n', '&#10;')}"`)
    .join('');
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(3);
}

/** Removes characters that XML 1.0 does not allow even as references (section 2.2), and escapes the rest. */
function escapeXml(text: string): string {
  return text
    .replace(/(?![\t\n\r])[\p{Cc}\p{Cs}\ufffe\uffff]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\r', '&#13;');
}
