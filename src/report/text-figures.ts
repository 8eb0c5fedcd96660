import { groupDigits } from '../base/units.ts';
import { amountText, figureLabel, headRoom, levelWord, limitText, ratioText } from '../model/figure-text.ts';
import { type Figure, figuresOf } from '../model/figures.ts';
import type { LimitItem, Report } from '../model/report.ts';
import { bar, type Paint, type Style } from './terminal.ts';

const levelStyles: Readonly<Record<LimitItem['level'], Style>> = { ok: 'green', near: 'yellow', over: 'red' };
const barWidth = { least: 8, most: 20 };
const levelWidth = 'near'.length;
const exactMargin = 2;
/** Width of the blanks between the columns, and of the level. */
const blanks = ' of '.length + '  '.length + ' '.length + ' '.length + levelWidth + exactMargin;

interface Row {
  readonly figure: Figure;
  readonly used: string;
  readonly limit: string;
  readonly ratio: string;
  /** All digits of a rounded number of bytes. Empty for an estimate. */
  readonly exact: string;
}

interface Columns {
  readonly label: number;
  readonly used: number;
  readonly limit: number;
  readonly ratio: number;
  readonly exact: number;
  readonly bar: number;
}

/** The table of figures: used, limit, bar, percentage, level, exact bytes. @param label width of the first column */
export function figureLines(report: Report, paint: Paint, label: number, width: number): string[] {
  const rows = figuresOf(report).map(toRow);
  const columns = columnsOf(rows, label, width);
  const note = headRoom(report);
  const noteAfter = rows.find(({ figure }) => figure.id === 'cpu-time');
  return rows.flatMap((row) => {
    const line = rowText(row, columns, paint);
    return note !== undefined && row === noteAfter ? [line, `${' '.repeat(label)}${note}`] : [line];
  });
}

function toRow(figure: Figure): Row {
  return {
    figure,
    used: amountText(figure),
    limit: limitText(figure) ?? '',
    ratio: ratioText(figure) ?? '',
    exact: figure.unit === 'bytes' && !figure.estimated && figure.used >= 1024 ? `${groupDigits(figure.used)} B` : '',
  };
}

function columnsOf(rows: readonly Row[], label: number, width: number): Columns {
  const widest = (column: 'used' | 'limit' | 'ratio' | 'exact') =>
    rows.reduce((most, row) => Math.max(most, row[column].length), 0);
  const columns = {
    label,
    used: widest('used'),
    limit: widest('limit'),
    ratio: widest('ratio'),
    exact: widest('exact'),
  };
  const taken = Object.values(columns).reduce((sum, cells) => sum + cells, blanks);
  return { ...columns, bar: Math.min(barWidth.most, Math.max(barWidth.least, width - taken)) };
}

function rowText({ figure, used, limit, ratio, exact }: Row, columns: Columns, paint: Paint): string {
  const cells = [figureLabel(figure).padEnd(columns.label), used.padStart(columns.used)];
  const { item } = figure;
  // Without any limit, the table has no columns for limits.
  const limited = columns.limit > 0;
  if (item !== undefined) {
    const style = levelStyles[item.level];
    const share = `${paint(bar(item.ratio, columns.bar), style)} ${ratio.padStart(columns.ratio)}`;
    cells.push(` of ${limit.padEnd(columns.limit)}  ${share} ${paint(levelWord(item), style)}`);
  } else if (limited && exact !== '') {
    cells.push(' '.repeat(columns.limit + columns.bar + columns.ratio + blanks - exactMargin - levelWidth));
  }
  if (exact !== '') {
    const level = limited ? levelWidth - (item === undefined ? 0 : levelWord(item).length) : 0;
    cells.push(exact.padStart(columns.exact + level + exactMargin));
  }
  return cells.join('');
}
