/** The figures of the extension as tables. Times in milliseconds. */
import { statSync } from 'node:fs';
import path from 'node:path';
import { median, quantile, table } from '../statistics.ts';
import type { ActivationFigures, CheckFigures, SearchFigures, ThreadFigures } from './figures.ts';
import type { ScreenFigures, Seen } from './screen/screen.ts';

/** A name, the values of several tries, and the target. */
type Line = readonly [name: string, values: readonly (number | undefined)[], aim?: string];

function linesTable(lines: readonly Line[], digits = 0): string {
  const text = (value: number) => value.toFixed(digits);
  return table([
    ['', 'median', 'min', 'max', 'tries', 'aim'],
    ...lines.map(([name, all, aim = '']) => {
      const values = all.filter((value) => value !== undefined);
      if (values.length === 0) return [name, '-', '-', '-', `${all.length}`, aim];
      const { length } = values;
      return [name, text(median(values)), text(Math.min(...values)), text(Math.max(...values)), `${length}`, aim];
    }),
  ]);
}

const files = [
  { name: 'dist/extension.cjs', aim: '< 300 kB' },
  { name: 'dist/rules.cjs', aim: '' },
  { name: 'dist/check-thread.cjs', aim: '' },
  { name: 'dist/portable-worker.cjs', aim: '' },
  { name: 'media/pvf-engine.wasm.br', aim: '' },
];

/** Sizes of what users download and of what VS Code loads. */
export function sizesTable(root: string, vsix: string): string {
  const kilobytes = (file: string) => `${(statSync(file).size / 1000).toFixed(0)} kB`;
  return table([
    ['', 'size', 'aim'],
    ...files.map(({ name, aim }) => [name, kilobytes(path.join(root, name)), aim]),
    ['the .vsix', kilobytes(vsix), ''],
  ]);
}

export function activationTable(all: readonly ActivationFigures[]): string {
  const total = ({ loadCode, callActivate, finishActivate }: ActivationFigures) =>
    loadCode + callActivate + finishActivate;
  return linesTable(
    [
      ['VS Code: load code', all.map(({ loadCode }) => loadCode)],
      ['VS Code: call activate', all.map(({ callActivate }) => callActivate)],
      ['VS Code: finish activate', all.map(({ finishActivate }) => finishActivate), 'no wait'],
      ['VS Code: sum', all.map(total), '< 20'],
      ['CPU of the thread: load code', all.map(({ load }) => load.cpu)],
      ['CPU of the thread: call activate', all.map(({ activate }) => activate.cpu)],
      ['CPU of the thread: sum', all.map(({ load, activate }) => sum(load.cpu, activate.cpu)), '< 20'],
    ],
    1,
  );
}

const sum = (a: number | undefined, b: number | undefined) => (a === undefined || b === undefined ? undefined : a + b);

export function threadTable({ idle, preparing }: Pick<CheckFigures, 'idle' | 'preparing'>): string {
  const row = (name: string, { wall, longestDelay, longestCpu, delayP99, active }: ThreadFigures) => [
    name,
    (wall / 1000).toFixed(1),
    longestDelay.toFixed(1),
    longestCpu?.toFixed(1) ?? '-',
    delayP99.toFixed(1),
    `${active.toFixed(0)} (${((active / wall) * 100).toFixed(1)} %)`,
  ];
  return table([
    ['', 'wall s', 'longest delay', 'CPU at a stretch', 'delay p99', 'thread active'],
    row('idle', idle),
    row('during a check', preparing),
  ]);
}

export function againTable({ apiAgain, commandAgain }: CheckFigures): string {
  const lines = linesTable(
    [
      ['API, touched file', apiAgain, '< 50'],
      ['command, touched file', commandAgain, '< 50'],
    ],
    1,
  );
  return `${lines}\n95 % of both within ${quantile([...apiAgain, ...commandAgain], 0.95).toFixed(1)}`;
}

export function searchTable({ wasActive, first, later }: SearchFigures): string {
  const lines: Line[] = [
    [wasActive ? 'first requested search (not the first of all)' : 'first search', [first]],
    ['later searches', later],
  ];
  return linesTable(lines, 1);
}

/** @param cli the CLI's times for the first blob and then for each of the next builds */
export function screenTable({ first, changed, returned, command }: ScreenFigures, cli: readonly number[]): string {
  const [cliFirst = Number.NaN, ...cliChanged] = cli;
  const spinners = (seen: readonly Seen[]) => seen.map(({ spinner }) => spinner);
  const results = (seen: readonly Seen[]) => seen.map(({ result }) => result);
  const work = changed.map(({ spinner, result }) => (spinner === undefined ? undefined : result - spinner));
  const worked = work.filter((value) => value !== undefined);
  const ratio = (a: number, b: number) => (a / b).toFixed(2);
  return [
    linesTable([
      ['command, first check of the editor: to the spinner', spinners([first])],
      ['                                    to the toast', results([first])],
      ['another build on disk: to the spinner', spinners(changed)],
      ['                       to the result', results(changed)],
      ['                       from the spinner to the result', work],
      ['known bytes again on disk: to the spinner', spinners(returned)],
      ['                           to the result', results(returned)],
      ['command, nothing changed: to the spinner', spinners(command)],
      ['                          to the toast', results(command)],
      ['command line: first run', [cliFirst]],
      ['              another build', cliChanged],
    ]),
    `editor / command line: first check ${ratio(first.result, cliFirst)}, another build, from the spinner, ${ratio(median(worked), median(cliChanged))}`,
  ].join('\n');
}
