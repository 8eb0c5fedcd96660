/** The treemap: one element per visible part. */
import { element } from '../dom.ts';
import { shownName } from '../text.ts';
import { describe, kindWord, valueText } from './labels.ts';
import { type Cell, layOut, type Rect, STRIP } from './layout.ts';
import { isInside, type Part, type PartTree, type SizeMeasure } from './parts.ts';
import type { Found } from './search.ts';

const MIN_LABEL_HEIGHT = 15;
const MIN_VALUE_HEIGHT = 36;
/** About the width of a character of a label. */
const CHARACTER_WIDTH = 6.8;
const LABEL_PADDING = 10;
const MIN_CHARACTERS = 5;
const ZOOM_MS = 180;

const keysHint =
  'Arrow keys move between parts, Enter zooms in, Backspace or Escape zooms out, a slash starts a search.';

export interface MapInput {
  readonly tree: PartTree;
  readonly root: Part;
  readonly measure: SizeMeasure;
  readonly found: Found | undefined;
  /** The match that the user went to. */
  readonly current: Part | undefined;
}

export interface MapEvents {
  zoomTo(part: Part): void;
  zoomOut(): void;
  /** The part under the pointer or with the focus. Undefined: none. */
  point(part: Part | undefined): void;
  openSource(part: Part): void;
}

export class TreeMap {
  readonly element: HTMLElement;
  #cells: readonly Cell[] = [];
  #input: MapInput | undefined;
  readonly #elements = new Map<number, HTMLElement>();
  /** The part that Tab goes to. */
  #active: Part | undefined;

  constructor(private readonly events: MapEvents) {
    this.element = element('div', {
      class: 'map',
      role: 'tree',
      'aria-label': 'Treemap',
      'aria-description': keysHint,
    });
    this.element.addEventListener('click', (event) => this.#onClick(event));
    this.element.addEventListener('dblclick', (event) => this.#onDoubleClick(event));
    this.element.addEventListener('keydown', (event) => this.#onKey(event));
    this.element.addEventListener('mouseover', ({ target }) => this.events.point(this.#partAt(target)));
    this.element.addEventListener('mouseleave', () => this.events.point(undefined));
    this.element.addEventListener('focusin', ({ target }) => this.#onFocus(target));
  }

  draw(input: MapInput): void {
    const before = this.#input?.root;
    const beforeCells = this.#cells;
    const hadFocus = this.element.contains(document.activeElement);
    this.#input = input;
    const { clientWidth: width, clientHeight: height } = this.element;
    this.#cells = layOut(input.root, input.measure, { width, height });
    this.#elements.clear();
    const active = this.#activeIn(input, before);
    this.#active = active;
    const siblings = siblingCounts(this.#cells);
    const made = this.#cells.map((cell) => {
      const item = cellElement(cell, input, siblings.get(cell.part.parent?.index ?? -1) ?? 1, cell.part === active);
      this.#elements.set(cell.part.index, item);
      return item;
    });
    this.element.replaceChildren(...made);
    if (hadFocus && active !== undefined) this.focus(active);
    if (before !== undefined && before !== input.root) this.#animate(before, input.root, beforeCells);
  }

  /** Focuses the part, or the smallest visible part around it. */
  focus(part: Part): void {
    const item = this.#elements.get(part.index);
    if (item !== undefined) item.focus({ preventScroll: true });
    else if (part.parent !== undefined) this.focus(part.parent);
  }

  #activeIn({ root, current }: MapInput, before: Part | undefined): Part | undefined {
    const isShown = (part: Part | undefined) => part !== undefined && this.#cells.some((cell) => cell.part === part);
    // After zooming out, the focus is on the part that was left.
    const candidates = [current, before !== root ? before : undefined, this.#active];
    return candidates.find(isShown) ?? this.#cells[0]?.part;
  }

  #partAt(target: EventTarget | null): Part | undefined {
    const item = target instanceof Element ? target.closest<HTMLElement>('[data-part]') : null;
    return item === null ? undefined : this.#input?.tree.all[Number(item.dataset['part'])];
  }

  #onClick({ target }: MouseEvent): void {
    const part = this.#partAt(target);
    if (part === undefined) return;
    this.focus(part);
    const goal = part.children.length > 0 ? part : part.parent;
    if (goal !== undefined && goal !== this.#input?.root) this.events.zoomTo(goal);
  }

  #onDoubleClick({ target }: MouseEvent): void {
    const part = this.#partAt(target);
    if (part !== undefined && part.children.length === 0) this.events.openSource(part);
  }

  #onFocus(target: EventTarget | null): void {
    const part = this.#partAt(target);
    if (part === undefined) return;
    const old = this.#active === undefined ? undefined : this.#elements.get(this.#active.index);
    if (old !== undefined) old.tabIndex = -1;
    this.#active = part;
    const item = this.#elements.get(part.index);
    if (item !== undefined) item.tabIndex = 0;
    this.events.point(part);
  }

  #onKey(event: KeyboardEvent): void {
    const part = this.#active;
    if (part === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    switch (event.key) {
      case 'ArrowRight':
        this.#focusSibling(part, 1);
        break;
      case 'ArrowLeft':
        this.#focusSibling(part, -1);
        break;
      case 'ArrowDown':
        this.#focusCell(this.#cells.find((cell) => cell.part.parent === part));
        break;
      case 'ArrowUp':
        this.#focusCell(this.#cells.find((cell) => cell.part === part.parent));
        break;
      case 'Home':
        this.#focusCell(this.#siblingsOf(part)[0]);
        break;
      case 'End':
        this.#focusCell(this.#siblingsOf(part).at(-1));
        break;
      case 'Enter':
      case ' ':
        if (part.children.length > 0) this.events.zoomTo(part);
        else this.events.openSource(part);
        break;
      case 'Backspace':
      case 'Escape':
        this.events.zoomOut();
        break;
      default:
        return;
    }
    event.preventDefault();
  }

  #siblingsOf({ parent }: Part): Cell[] {
    const measure = this.#input?.measure ?? 'bytes';
    const siblings = this.#cells.filter((cell) => cell.part.parent === parent);
    return siblings.sort((a, b) => b.part.values[measure] - a.part.values[measure]);
  }

  #focusSibling(part: Part, step: 1 | -1): void {
    const siblings = this.#siblingsOf(part);
    this.#focusCell(siblings[siblings.findIndex((cell) => cell.part === part) + step]);
  }

  #focusCell(cell: Cell | undefined): void {
    if (cell !== undefined) this.focus(cell.part);
  }

  /** The new content grows out of the part that it shows, or shrinks into its place. */
  #animate(from: Part, to: Part, before: readonly Cell[]): void {
    if (matchMedia('(prefers-reduced-motion: reduce)').matches) return;
    const isIn = isInside(to, from);
    const rect = (isIn ? before : this.#cells).find(({ part }) => part === (isIn ? to : from))?.rect;
    if (rect === undefined) return;
    const { clientWidth: width, clientHeight: height } = this.element;
    const start = isIn ? into(rect, width, height) : outOf(rect, width, height);
    const frames = [
      { transform: start, transformOrigin: '0 0', opacity: 0.3 },
      { transform: 'none', transformOrigin: '0 0', opacity: 1 },
    ];
    this.element.animate(frames, { duration: ZOOM_MS, easing: 'ease-out' });
  }
}

function into({ x, y, width, height }: Rect, fullWidth: number, fullHeight: number): string {
  return `translate(${x}px, ${y}px) scale(${width / fullWidth}, ${height / fullHeight})`;
}

function outOf({ x, y, width, height }: Rect, fullWidth: number, fullHeight: number): string {
  const [scaleX, scaleY] = [fullWidth / width, fullHeight / height];
  return `translate(${-x * scaleX}px, ${-y * scaleY}px) scale(${scaleX}, ${scaleY})`;
}

function siblingCounts(cells: readonly Cell[]): Map<number, number> {
  const counts = new Map<number, number>();
  for (const { part } of cells) {
    const parent = part.parent?.index ?? -1;
    counts.set(parent, (counts.get(parent) ?? 0) + 1);
  }
  return counts;
}

function cellElement(cell: Cell, input: MapInput, siblings: number, isActive: boolean): HTMLElement {
  const { part, rect, level, isOpen } = cell;
  const { tree, measure, found, current } = input;
  const item = element('div', {
    class: ['cell', part.family, isOpen ? 'open' : '', ...matchClasses(part, found, current)].filter(Boolean).join(' '),
    role: 'treeitem',
    tabindex: isActive ? 0 : -1,
    'data-part': part.index,
    'aria-level': level,
    'aria-setsize': siblings,
    'aria-expanded': part.children.length === 0 ? undefined : isOpen ? 'true' : 'false',
    'aria-selected': part === current ? 'true' : 'false',
    'aria-label': describe(part, measure, tree),
  });
  // The content security policy allows no style attributes.
  const { style } = item;
  style.left = `${rect.x}px`;
  style.top = `${rect.y}px`;
  style.width = `${rect.width}px`;
  style.height = `${rect.height}px`;
  style.setProperty('--level', `${Math.min(level, 6)}`);
  if (rect.height < MIN_LABEL_HEIGHT) return item;
  item.append(...labelOf(cell, measure));
  return item;
}

/** None where a label would have only a few letters. */
function labelOf({ part, rect, isOpen }: Cell, measure: SizeMeasure): HTMLElement[] {
  const value = valueText(part, measure);
  const name = part.kind === 'unattributed' || part.kind === 'header' ? kindWord(part) : shownName(part.name);
  const room = Math.floor((rect.width - LABEL_PADDING) / CHARACTER_WIDTH);
  if (room < Math.min(MIN_CHARACTERS, name.length)) return [];
  const label = element('span', { class: 'label' }, fitting(name, room));
  const hasValue = isOpen ? room > value.length + 12 : room >= value.length && rect.height >= MIN_VALUE_HEIGHT;
  const strip = element('span', { class: 'strip' }, label);
  if (hasValue) strip.append(element('span', { class: 'value' }, value));
  if (isOpen) strip.style.height = `${STRIP}px`;
  return [strip];
}

/** Many names differ only after `pallet_`, and the colour says that it is a pallet. */
function fitting(name: string, characters: number): string {
  return name.length > characters ? name.replace(/^(cumulus_)?pallet_(?=.)/, '…') : name;
}

function matchClasses(part: Part, found: Found | undefined, current: Part | undefined): string[] {
  if (found === undefined) return [];
  if (part === current) return ['match', 'current'];
  if (found.isMatch(part)) return ['match'];
  return found.isNear(part) ? [] : ['dim'];
}
