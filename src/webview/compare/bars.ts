/** Growth as bars: to the right what grew, to the left what shrank. */
import { groupDigits } from '../../base/units.ts';
import { changeOf, type SizeChange } from '../../model/size-change.ts';
import { button, element } from '../dom.ts';
import { amount, change, shownName } from '../text.ts';

const FIRST_ROWS = 15;
const MAX_ROWS = 500;

/** @param changed the largest change first */
export function growthTable(label: string, changed: readonly SizeChange[]): HTMLElement {
  const total = changed.reduce((sum, part) => sum + changeOf(part), 0);
  if (changed.length === 0) return element('p', { class: 'empty' }, 'Nothing changed.');
  const largest = Math.max(...changed.slice(0, 1).map((part) => Math.abs(changeOf(part))));
  const rows = changed.slice(0, MAX_ROWS).map((part) => row(part, largest));
  const body = element('tbody', {}, ...rows.slice(0, FIRST_ROWS));
  const heads = ['Name', 'Before', 'After', 'Change', ''].map((text, at) =>
    element('th', { scope: 'col', class: at > 0 && at < 4 ? 'number' : '' }, text),
  );
  const table = element('table', { 'aria-label': label }, element('thead', {}, element('tr', {}, ...heads)), body);
  const box = element(
    'div',
    { class: 'growth' },
    element('p', { class: 'quiet' }, summary(changed.length, total)),
    table,
  );
  if (rows.length > FIRST_ROWS) {
    const more = button(`Show ${groupDigits(rows.length - FIRST_ROWS)} more`, {}, () => {
      body.append(...rows.slice(FIRST_ROWS));
      more.remove();
    });
    box.append(more);
  }
  return box;
}

function summary(count: number, total: number): string {
  return `${groupDigits(count)} changed, ${total === 0 ? 'same total' : `${change(0, total, 'bytes')} in total`}`;
}

function row({ name, was, now }: SizeChange, largest: number): HTMLElement {
  const direction = now > was ? 'grew' : 'shrank';
  const bar = element('span', { class: `growth-bar ${direction}` });
  bar.style.width = `${(50 * Math.abs(now - was)) / largest}%`;
  const note = was === 0 ? 'new' : now === 0 ? 'gone' : '';
  return element(
    'tr',
    {},
    element('th', { scope: 'row', class: 'code' }, shownName(name)),
    element('td', { class: 'number' }, was === 0 ? '' : amount(was, 'bytes')),
    element('td', { class: 'number' }, now === 0 ? '' : amount(now, 'bytes')),
    element('td', { class: `number ${direction}` }, change(was, now, 'bytes'), note && ` ${note}`),
    element('td', { class: 'bar-cell', 'aria-hidden': 'true' }, bar),
  );
}
