/** The history as a table, the newest result first. */
import type { HistoryFigure, HistoryPoint, HistoryView } from '../../model/view.ts';
import { button, element } from '../dom.ts';
import { shownName } from '../text.ts';
import { commitText, conclusionWords, deltaText, timeText, valueText } from './texts.ts';

/** @param onSelect called with the index of the result that the user selects */
export function historyTable(view: HistoryView, onSelect: (index: number) => void): HTMLElement {
  const { figures, entries } = view;
  const heads = ['Result', 'Runtime', 'Commit', 'Conclusion', ...figures.map(({ label }) => label)];
  const head = heads.map((text, at) => element('th', { scope: 'col', class: at > 3 ? 'number' : '' }, text));
  const rows = entries.map((entry, index) => row(entry, index, view, onSelect)).reverse();
  return element(
    'div',
    { class: 'table-box', role: 'region', tabindex: 0, 'aria-label': 'Table of results' },
    element('table', {}, element('thead', {}, element('tr', {}, ...head)), element('tbody', {}, ...rows)),
  );
}

function row(entry: HistoryPoint, index: number, view: HistoryView, onSelect: (index: number) => void): HTMLElement {
  const time = button(timeText(entry.at), { class: 'link' }, () => onSelect(index));
  const note = index === view.baseline ? element('span', { class: 'quiet' }, ' baseline') : undefined;
  return element(
    'tr',
    {},
    element('th', { scope: 'row' }, time, note),
    element('td', {}, element('span', { class: 'name' }, shownName(entry.label ?? ''))),
    element('td', { class: 'code' }, commitText(entry)),
    element('td', {}, element('span', { class: `conclusion ${entry.conclusion}` }, conclusionWords[entry.conclusion])),
    ...view.figures.map((figure) => cell(figure, entry, index, view)),
  );
}

function cell(figure: HistoryFigure, entry: HistoryPoint, index: number, view: HistoryView): HTMLElement {
  const delta = deltaText(figure, view, index);
  const shown = delta === undefined || delta.text === '=' ? undefined : delta;
  return element(
    'td',
    { class: 'number' },
    valueText(figure, entry),
    shown && element('span', { class: `delta ${shown.direction}` }, shown.text),
  );
}
