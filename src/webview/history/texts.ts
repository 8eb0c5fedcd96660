import { formatRatio } from '../../base/units.ts';
import {
  comparedEntry,
  type HistoryFigure,
  type HistoryPoint,
  type HistoryView,
  historyDelta,
  isEstimatedIn,
} from '../../model/view.ts';
import { amount, change, estimate, shownName } from '../text.ts';

export const conclusionWords: Readonly<Record<HistoryPoint['conclusion'], string>> = {
  pass: 'pass',
  fail: 'fail',
  undecided: 'undecided',
};

const COMMIT_CHARACTERS = 10;

/** `2026-11-23 22:30`, in the time of the reader. */
export function timeText(at: string): string {
  const time = new Date(at);
  if (Number.isNaN(time.getTime())) return shownName(at);
  const two = (number: number) => String(number).padStart(2, '0');
  const date = `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`;
  return `${date} ${two(time.getHours())}:${two(time.getMinutes())}`;
}

/** `main 1a2b3c4d5e` */
export function commitText({ branch, commit }: HistoryPoint): string {
  const parts = [branch, commit?.slice(0, COMMIT_CHARACTERS)].filter((part) => part !== undefined);
  return parts.map(shownName).join(' ');
}

/** `≈35 s` */
export function valueText({ id, unit }: HistoryFigure, entry: HistoryPoint): string {
  const value = entry.values[id];
  if (value === undefined) return '';
  return isEstimatedIn(id, entry) ? estimate(value, unit) : amount(value, unit);
}

export interface DeltaText {
  readonly text: string;
  readonly direction: 'grew' | 'shrank' | 'same';
}

/** `+12.3 KiB (+1.2 %)`. Undefined when nothing can be said. */
export function deltaText(figure: HistoryFigure, view: HistoryView, index: number): DeltaText | undefined {
  const [older, newer] = [comparedEntry(view, index), view.entries[index]];
  if (older === undefined || newer === undefined) return undefined;
  const delta = historyDelta(figure, older, newer);
  if (delta === undefined) return undefined;
  const { was, now, direction } = delta;
  if (direction === 'within-error') return { text: "within the estimate's error", direction: 'same' };
  if (direction === 'same') return { text: '=', direction };
  const sign = now > was ? '+' : '−';
  return { text: `${change(was, now, figure.unit)} (${sign}${formatRatio(delta.share)})`, direction };
}

export function describe(entry: HistoryPoint, view: HistoryView): string {
  const figures = view.figures
    .filter(({ id }) => entry.values[id] !== undefined)
    .map((figure) => `${figure.label} ${valueText(figure, entry)}`);
  const parts = [timeText(entry.at), entry.label ?? '', commitText(entry), conclusionWords[entry.conclusion]];
  return [...parts, ...figures].filter((part) => part !== '').join(', ');
}
