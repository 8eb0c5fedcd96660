import { groupDigits } from '../../base/units.ts';
import { button, element } from '../dom.ts';
import { amount } from '../text.ts';
import { measures, type Part, type SizeMeasure } from './parts.ts';
import type { Found } from './search.ts';

/** The search field with the number of matches, and buttons that go from match to match. */
export class SearchBox {
  readonly element: HTMLElement;
  readonly input: HTMLInputElement;
  readonly #count: HTMLElement;
  #found: Found | undefined;
  /** Position of the current match. -1: none yet. */
  #at = -1;

  /** @param onQuery called after each change  @param onMatch called when the user goes to a match */
  constructor(
    query: string,
    onQuery: (query: string) => void,
    private readonly onMatch: (part: Part) => void,
  ) {
    this.input = element('input', { type: 'search', placeholder: 'Search', 'aria-label': 'Search by name' });
    this.input.value = query;
    this.#count = element('output', { class: 'count', 'aria-live': 'polite' });
    this.input.addEventListener('input', () => onQuery(this.input.value));
    this.input.addEventListener('keydown', (event) => {
      if (event.key === 'Enter') this.#step(event.shiftKey ? -1 : 1);
      if (event.key !== 'Escape' || this.input.value === '') return;
      this.input.value = '';
      onQuery('');
      event.preventDefault();
    });
    this.element = element(
      'search',
      { class: 'search' },
      this.#count,
      this.input,
      button('‹', { 'aria-label': 'Previous match', title: 'Previous match (Shift+Enter)' }, () => this.#step(-1)),
      button('›', { 'aria-label': 'Next match', title: 'Next match (Enter)' }, () => this.#step(1)),
    );
  }

  focus(): void {
    this.input.focus();
    this.input.select();
  }

  clear(): void {
    this.input.value = '';
  }

  /** @param current the match that the user went to */
  update(found: Found | undefined, current: Part | undefined, measure: SizeMeasure): void {
    this.#found = found;
    this.#at = current === undefined ? -1 : (found?.matches.indexOf(current) ?? -1);
    for (const step of this.element.querySelectorAll('button')) step.disabled = !found || found.matches.length === 0;
    this.#count.textContent = found === undefined ? '' : this.#countText(found, measure);
  }

  #countText({ matches, total }: Found, measure: SizeMeasure): string {
    if (matches.length === 0) return 'No matches';
    const position = this.#at < 0 ? '' : `${this.#at + 1} of `;
    const noun = matches.length === 1 ? 'match' : 'matches';
    return `${position}${groupDigits(matches.length)} ${noun}, ${amount(total, measures[measure].unit)}`;
  }

  #step(by: 1 | -1): void {
    const matches = this.#found?.matches ?? [];
    if (matches.length === 0) return;
    this.#at = this.#at < 0 && by < 0 ? matches.length - 1 : (this.#at + by + matches.length) % matches.length;
    const match = matches[this.#at];
    if (match !== undefined) this.onMatch(match);
  }
}
