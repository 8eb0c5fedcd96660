/** History: each figure over the results of a runtime, with limits and the baseline. */
import { comparedEntry, type HistoryFigure, type HistoryView } from '../../model/view.ts';
import { button, element, heading } from '../dom.ts';
import type { Host } from '../host.ts';
import { amount, counted, shownName } from '../text.ts';
import { type Axis, chart, indexAt } from './chart.ts';
import { reachesLimit } from './scale.ts';
import { historyTable } from './table.ts';
import { commitText, conclusionWords, deltaText, describe, timeText, valueText } from './texts.ts';

export function showHistory(view: HistoryView, place: HTMLElement, host: Host): void {
  const name = shownName(view.title);
  const save = host.isEditor ? button('Save as HTML', {}, () => host.post({ kind: 'save' })) : undefined;
  const header = element(
    'header',
    {},
    heading(`History of ${name}`),
    element('p', { class: 'quiet' }, counted(view.entries.length, 'result')),
    save,
  );
  const section = element('section', { class: 'view history', 'aria-label': `History of ${name}` }, header);
  place.append(section);
  if (view.entries.length === 0) {
    section.append(element('p', { class: 'empty' }, 'There are no results yet.'));
    return;
  }
  const page = new HistoryPage(view, host);
  section.append(
    ...page.elements,
    legend(view),
    historyTable(view, (index) => page.select(index)),
  );
  page.start();
}

/** The width that a chart has before the page knows its own. */
const FALLBACK_WIDTH = 800;

class HistoryPage {
  readonly #figures: readonly HistoryFigure[];
  readonly #details = element('div', { class: 'entry' });
  readonly #charts: HTMLElement;
  #selected: number;
  #width = FALLBACK_WIDTH;

  constructor(
    private readonly view: HistoryView,
    private readonly host: Host,
  ) {
    this.#figures = view.figures.filter(({ id }) => view.entries.some(({ values }) => values[id] !== undefined));
    this.#selected = selectedIn(host.state(), view.entries.length);
    this.#charts = element('div', {
      class: 'charts',
      role: 'slider',
      tabindex: 0,
      'aria-label': 'Result',
      'aria-orientation': 'horizontal',
      'aria-valuemin': 1,
      'aria-valuemax': view.entries.length,
    });
    this.#charts.addEventListener('keydown', (event) => this.#onKey(event));
    this.#charts.addEventListener('pointermove', ({ clientX }) => this.#onPointer(clientX));
  }

  get elements(): readonly HTMLElement[] {
    return [this.#details, this.#charts];
  }

  /** The elements must be in the document, because the charts need the width. */
  start(): void {
    new ResizeObserver(() => {
      this.#width = this.#charts.clientWidth;
      this.#draw();
    }).observe(this.#charts);
    this.#draw();
  }

  select(index: number): void {
    const { length } = this.view.entries;
    const wanted = Math.max(0, Math.min(length - 1, index));
    if (wanted === this.#selected) return;
    this.#selected = wanted;
    this.host.setState({ selected: wanted });
    this.#draw();
  }

  get #axis(): Axis {
    return { width: this.#width, count: this.view.entries.length };
  }

  #onPointer(clientX: number): void {
    this.select(indexAt(clientX - this.#charts.getBoundingClientRect().left, this.#axis));
  }

  #onKey(event: KeyboardEvent): void {
    const steps: Readonly<Record<string, number>> = {
      ArrowRight: this.#selected + 1,
      ArrowUp: this.#selected + 1,
      ArrowLeft: this.#selected - 1,
      ArrowDown: this.#selected - 1,
      Home: 0,
      End: this.view.entries.length - 1,
    };
    const wanted = steps[event.key];
    if (wanted === undefined) return;
    this.select(wanted);
    event.preventDefault();
  }

  #draw(): void {
    const entry = this.view.entries[this.#selected];
    if (entry === undefined) return;
    this.#charts.setAttribute('aria-valuenow', `${this.#selected + 1}`);
    this.#charts.setAttribute('aria-valuetext', describe(entry, this.view));
    this.#charts.replaceChildren(...this.#figures.map((figure) => this.#chartOf(figure)));
    const compared = comparedEntry(this.view, this.#selected);
    const parts = [
      element('span', { class: `conclusion ${entry.conclusion}` }, conclusionWords[entry.conclusion]),
      element('strong', {}, timeText(entry.at)),
      element('span', {}, shownName(entry.label ?? '')),
      element('span', { class: 'code' }, commitText(entry)),
      element(
        'span',
        { class: 'quiet' },
        this.#comparedText(compared === undefined ? undefined : timeText(compared.at)),
      ),
    ];
    this.#details.replaceChildren(...parts.filter(({ textContent }) => textContent !== ''));
  }

  #comparedText(time: string | undefined): string {
    if (this.#selected === this.view.baseline) return 'the baseline';
    if (time === undefined) return '';
    return `compared with the ${this.view.baseline === undefined ? 'result' : 'baseline'} of ${time}`;
  }

  /** The chart shows a limit that is near. */
  #farLimit({ id, unit, limit }: HistoryFigure): string {
    const values = this.view.entries.flatMap((entry) => entry.values[id] ?? []);
    return limit === undefined || reachesLimit(values, limit) ? '' : `limit ${amount(limit, unit)}`;
  }

  #chartOf(figure: HistoryFigure): HTMLElement {
    const entry = this.view.entries[this.#selected];
    const value = entry === undefined ? '' : valueText(figure, entry);
    const delta = deltaText(figure, this.view, this.#selected);
    const limit = this.#farLimit(figure);
    return element(
      'figure',
      {},
      element(
        'figcaption',
        {},
        element('strong', {}, figure.label),
        element('span', { class: 'now' }, value === '' ? 'not known' : value),
        element('span', { class: delta?.direction ?? '' }, delta?.text ?? ''),
        element('span', { class: 'quiet' }, limit),
      ),
      chart(figure, this.view, this.#axis, this.#selected),
    );
  }
}

function selectedIn(state: unknown, count: number): number {
  const last = count - 1;
  if (typeof state !== 'object' || state === null || !('selected' in state)) return last;
  const { selected } = state;
  return typeof selected === 'number' && Number.isInteger(selected) && selected >= 0 ? Math.min(selected, last) : last;
}

/** The kinds of marks that the charts have. */
function legend({ entries, baseline }: HistoryView): HTMLElement {
  const texts = [
    entries.some(({ conclusion }) => conclusion === 'fail') ? '◆ fail' : '',
    entries.some(({ conclusion }) => conclusion === 'undecided') ? '■ undecided' : '',
    entries.some(({ conclusion }) => conclusion === 'pass') ? '● pass' : '',
    entries.some(({ estimated = [] }) => estimated.length > 0) ? '○ hollow: estimated by the built-in worker' : '',
    baseline === undefined ? '' : '┄ baseline',
  ];
  return element('p', { class: 'quiet', 'aria-hidden': 'true' }, texts.filter((text) => text !== '').join('   '));
}
