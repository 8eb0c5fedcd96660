/** The line chart of one figure. All charts of a page have the same horizontal axis: one step for each result. */
import { type HistoryFigure, type HistoryPoint, type HistoryView, isEstimatedIn } from '../../model/view.ts';
import { svg } from '../dom.ts';
import { amount } from '../text.ts';
import { reachesLimit, type Scale, scaleOf } from './scale.ts';

export const margin = { left: 78, right: 18, top: 10, bottom: 10 } as const;
const HEIGHT = 116;
const RADIUS = 4;

export interface Axis {
  readonly width: number;
  readonly count: number;
}

export function xOf(index: number, { width, count }: Axis): number {
  const room = width - margin.left - margin.right;
  return margin.left + (count < 2 ? room / 2 : (index * room) / (count - 1));
}

/** The result next to a horizontal position. */
export function indexAt(x: number, { width, count }: Axis): number {
  const room = width - margin.left - margin.right;
  const index = Math.round(((x - margin.left) / room) * (count - 1));
  return Math.max(0, Math.min(count - 1, Number.isFinite(index) ? index : 0));
}

interface Point {
  readonly index: number;
  readonly value: number;
  readonly entry: HistoryPoint;
  readonly isEstimate: boolean;
}

/** @param selected index of the marked result */
export function chart(figure: HistoryFigure, view: HistoryView, axis: Axis, selected: number): SVGSVGElement {
  const points = pointsOf(figure, view);
  const values = points.map(({ value }) => value);
  const scale = scaleOf(values, figure.limit, figure.unit);
  const y = (value: number) =>
    HEIGHT - margin.bottom - ((value - scale.min) / (scale.max - scale.min)) * (HEIGHT - margin.top - margin.bottom);
  const place = (point: Point) => ({ x: xOf(point.index, axis), y: y(point.value) });
  const { width } = axis;
  const x = xOf(selected, axis);
  return svg(
    'svg',
    { viewBox: `0 0 ${width} ${HEIGHT}`, width, height: HEIGHT, 'aria-hidden': 'true', class: 'chart' },
    ...grid(scale, figure, width, y),
    ...limitLine(figure, values, width, y),
    ...baselineLines(figure, view, axis, y),
    svg('line', { class: 'cursor', x1: x, x2: x, y1: 0, y2: HEIGHT }),
    ...linesOf(points).map((line) => svg('polyline', { class: 'line', points: line.map(place).map(pair).join(' ') })),
    ...points.map((point) => mark(point, place(point), point.index === selected)),
  );
}

function pointsOf({ id }: HistoryFigure, { entries }: HistoryView): Point[] {
  return entries.flatMap((entry, index) => {
    const value = entry.values[id];
    return value === undefined ? [] : [{ index, value, entry, isEstimate: isEstimatedIn(id, entry) }];
  });
}

/** A line connects only values that can be compared: not an estimate with a measurement. */
function linesOf(points: readonly Point[]): Point[][] {
  const lines: Point[][] = [];
  for (const point of points) {
    const line = lines.at(-1);
    if (line?.at(-1)?.isEstimate === point.isEstimate) line.push(point);
    else lines.push([point]);
  }
  return lines.filter(({ length }) => length > 1);
}

function pair({ x, y }: { readonly x: number; readonly y: number }): string {
  return `${x},${y}`;
}

function grid({ ticks }: Scale, { unit }: HistoryFigure, width: number, y: (value: number) => number): SVGElement[] {
  return ticks.flatMap((tick) => [
    svg('line', { class: 'grid', x1: margin.left, x2: width - margin.right, y1: y(tick), y2: y(tick) }),
    svg('text', { x: margin.left - 8, y: y(tick) + 4, 'text-anchor': 'end' }, amount(tick, unit)),
  ]);
}

function limitLine(
  { limit, unit }: HistoryFigure,
  values: readonly number[],
  width: number,
  y: (value: number) => number,
): SVGElement[] {
  if (!reachesLimit(values, limit)) return [];
  const at = y(limit);
  return [
    svg('line', { class: 'limit', x1: margin.left, x2: width - margin.right, y1: at, y2: at }),
    svg(
      'text',
      { class: 'limit', x: width - margin.right, y: at - 4, 'text-anchor': 'end' },
      `limit ${amount(limit, unit)}`,
    ),
  ];
}

function baselineLines(
  { id }: HistoryFigure,
  { entries, baseline }: HistoryView,
  axis: Axis,
  y: (value: number) => number,
): SVGElement[] {
  const value = baseline === undefined ? undefined : entries[baseline]?.values[id];
  if (baseline === undefined || value === undefined) return [];
  const x = xOf(baseline, axis);
  return [
    svg('line', { class: 'baseline', x1: x, x2: axis.width - margin.right, y1: y(value), y2: y(value) }),
    svg('circle', { class: 'baseline', cx: x, cy: y(value), r: RADIUS + 4 }),
  ];
}

/** The shape says the conclusion, so that nobody depends on colours. Estimates are hollow. */
function mark({ entry, isEstimate }: Point, { x, y }: { x: number; y: number }, isSelected: boolean): SVGElement {
  const r = isSelected ? RADIUS + 1.5 : RADIUS;
  const attributes = {
    class: `mark ${entry.conclusion}${isEstimate ? ' estimate' : ''}${isSelected ? ' selected' : ''}`,
  };
  switch (entry.conclusion) {
    case 'pass':
      return svg('circle', { ...attributes, cx: x, cy: y, r });
    case 'fail':
      return svg('path', {
        ...attributes,
        d: `M${x} ${y - r - 1}l${r + 1} ${r + 1}l${-r - 1} ${r + 1}l${-r - 1} ${-r - 1}z`,
      });
    case 'undecided':
      return svg('rect', { ...attributes, x: x - r, y: y - r, width: 2 * r, height: 2 * r });
  }
}
