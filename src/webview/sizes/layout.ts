/** Places of the parts in a treemap. Leaves out parts that are too small to see. */
import { type HierarchyRectangularNode, treemapSquarify } from 'd3-hierarchy';
import { bySize, type Part, type SizeMeasure } from './parts.ts';

/** In CSS pixels. */
export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Cell {
  readonly part: Part;
  readonly rect: Rect;
  /** 1 for the children of the shown part. */
  readonly level: number;
  /** The label stands in a strip above the children. */
  readonly isOpen: boolean;
}

/** Smaller cells could not be told apart, and drawing thousands of them would make the page slow. */
const MIN_SIDE = 5;
const MIN_AREA = 90;
const MAX_CELLS = 1500;

/** Height of the strip with the label of a part whose children are shown. */
export const STRIP = 19;
const PADDING = 2;
const MIN_OPEN_WIDTH = 44;
const MIN_OPEN_HEIGHT = 42;

/** Parents come before their children. */
export function layOut(root: Part, measure: SizeMeasure, size: Pick<Rect, 'width' | 'height'>): Cell[] {
  const cells: Cell[] = [];
  // Breadth first, so that the limit leaves out the small parts deep inside.
  const open: { readonly part: Part; readonly inner: Rect; readonly level: number }[] = [
    { part: root, inner: { x: 0, y: 0, ...size }, level: 1 },
  ];
  for (const { part, inner, level } of open) {
    for (const { child, rect } of split(part, measure, inner)) {
      if (cells.length >= MAX_CELLS || !isVisible(rect)) continue;
      const isOpen = child.children.length > 0 && rect.width >= MIN_OPEN_WIDTH && rect.height >= MIN_OPEN_HEIGHT;
      cells.push({ part: child, rect, level, isOpen });
      if (isOpen) open.push({ part: child, inner: insideOf(rect), level: level + 1 });
    }
  }
  // A screen reader and the tab order follow the tree.
  return cells.sort((a, b) => a.part.index - b.part.index);
}

function isVisible({ width, height }: Rect): boolean {
  return width >= MIN_SIDE && height >= MIN_SIDE && width * height >= MIN_AREA;
}

function insideOf({ x, y, width, height }: Rect): Rect {
  return {
    x: x + PADDING,
    y: y + STRIP,
    width: width - 2 * PADDING,
    height: height - STRIP - PADDING,
  };
}

interface Box {
  readonly part: Part;
  readonly value: number;
  x0: number;
  y0: number;
  x1: number;
  y1: number;
}

function split(part: Part, measure: SizeMeasure, { x, y, width, height }: Rect) {
  const children: Box[] = bySize(part.children, measure)
    .map((child) => ({ part: child, value: child.values[measure], x0: 0, y0: 0, x1: 0, y1: 0 }))
    .filter(({ value }) => value > 0);
  // Figures of costs are measured, so that a part may have less than the sum of its children.
  const value = children.reduce((sum, box) => sum + box.value, 0);
  // d3 reads only these members.
  const parent = { value, children, depth: 0 } as unknown as HierarchyRectangularNode<unknown>;
  treemapSquarify(parent, x, y, x + width, y + height);
  return children.map(({ part: child, x0, y0, x1, y1 }) => ({ child, rect: onPixels(x0, y0, x1, y1) }));
}

/** Whole pixels with a gap of one between cells. */
function onPixels(x0: number, y0: number, x1: number, y1: number): Rect {
  const x = Math.round(x0);
  const y = Math.round(y0);
  return { x, y, width: Math.round(x1) - x - 1, height: Math.round(y1) - y - 1 };
}
