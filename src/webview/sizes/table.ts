/** The parts as a table: for screen readers, for exact numbers, and for the matches of a search. */
import { groupDigits } from '../../base/units.ts';
import { button, element } from '../dom.ts';
import { shownName } from '../text.ts';
import { kindWord, shareText, valueText } from './labels.ts';
import { bySize, lineageOf, measures, type Part, type PartTree, type SizeMeasure } from './parts.ts';
import type { Found } from './search.ts';

const MAX_ROWS = 500;

export interface TableInput {
  readonly tree: PartTree;
  readonly root: Part;
  readonly measure: SizeMeasure;
  readonly available: readonly SizeMeasure[];
  readonly found: Found | undefined;
}

export function sizeTable({ tree, root, measure, available, found }: TableInput, zoomTo: (part: Part) => void) {
  const parts = found?.matches ?? bySize(root.children, measure);
  const shown = parts.slice(0, MAX_ROWS);
  const largest = Math.max(0, ...shown.map(({ values }) => values[measure]));
  const ordered = [measure, ...available.filter((other) => other !== measure)];
  const head = ['Name', 'Kind', ...ordered.map((key) => measures[key].label), 'Share', 'Functions'];
  const rows = shown.map((part) => {
    const bar = element('span', { class: `bar ${part.family}`, 'aria-hidden': 'true' });
    bar.style.width = `${largest === 0 ? 0 : (100 * part.values[measure]) / largest}%`;
    const values = ordered.map((key) => element('td', { class: 'number' }, valueText(part, key)));
    return element(
      'tr',
      {},
      element('th', { scope: 'row' }, nameOf(part, found !== undefined, zoomTo)),
      element('td', {}, kindWord(part)),
      ...values,
      element('td', { class: 'number' }, bar, shareText(part, measure, tree)),
      element('td', { class: 'number' }, part.functions === undefined ? '' : groupDigits(part.functions)),
    );
  });
  const numbers = head.map((text, at) => element('th', { scope: 'col', class: at > 1 ? 'number' : '' }, text));
  const left = parts.length - shown.length;
  return element(
    'div',
    { class: 'table-box', tabindex: 0, role: 'region', 'aria-label': 'Table of sizes' },
    element('table', {}, element('thead', {}, element('tr', {}, ...numbers)), element('tbody', {}, ...rows)),
    left > 0 ? element('p', { class: 'quiet' }, `${left} smaller parts are not shown.`) : undefined,
  );
}

function nameOf(part: Part, isMatch: boolean, zoomTo: (part: Part) => void): HTMLElement {
  const name = shownName(part.name);
  const path = lineageOf(part)
    .slice(1, -1)
    .map((around) => shownName(around.name));
  const where = isMatch && path.length > 0 ? element('span', { class: 'quiet path' }, path.join(' › ')) : undefined;
  const label = part.children.length > 0 ? button(name, { class: 'link' }, () => zoomTo(part)) : name;
  return element('span', { class: 'name' }, element('span', { class: 'code' }, label), where);
}
