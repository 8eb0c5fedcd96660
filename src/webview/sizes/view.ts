/** Sizes: a treemap or a table, with search, measures, zoom, and a second view by owner. */
import { formatBytes } from '../../base/units.ts';
import type { Sizes } from '../../model/size-tree.ts';
import type { SizesView } from '../../model/view.ts';
import { button, choiceGroup, element, heading } from '../dom.ts';
import type { Host } from '../host.ts';
import { share, shownName } from '../text.ts';
import { crumbs, legend } from './frame.ts';
import { describe } from './labels.ts';
import { TreeMap } from './map.ts';
import {
  lineageOf,
  measures,
  measuresIn,
  type Part,
  type PartTree,
  type SizeMeasure,
  treeOfOwners,
  treeOfSections,
} from './parts.ts';
import { type Found, search } from './search.ts';
import { SearchBox } from './search-box.ts';
import { displays, parseState, partAt, type SizesState, tabs } from './state.ts';
import { sizeTable } from './table.ts';

export function showSizes({ title, sizes }: SizesView, place: HTMLElement, host: Host): void {
  const page = new SizesPage(sizes, host);
  const save = host.isEditor ? button('Save as HTML', {}, () => host.post({ kind: 'save' })) : undefined;
  const name = shownName(title);
  place.append(
    element(
      'section',
      { class: 'view sizes', 'aria-label': `Sizes of ${name}` },
      element('header', {}, heading(name), element('p', { class: 'quiet' }, summaryOf(sizes)), save),
      ...page.elements,
    ),
  );
  page.start();
}

function summaryOf({ totalBytes, codeBytes, attributedCodeBytes, ownedCodeBytes }: Sizes): string {
  return [
    `${formatBytes(totalBytes)} decompressed, ${formatBytes(codeBytes)} of code`,
    `${share(attributedCodeBytes, codeBytes)} of the code given to a crate`,
    `${share(ownedCodeBytes, codeBytes)} to a pallet or a crate of yours`,
  ].join(' · ');
}

class SizesPage {
  readonly #trees: Readonly<Record<SizesState['tab'], PartTree>>;
  readonly #map: TreeMap;
  readonly #search: SearchBox;
  readonly #controls = element('div', { class: 'controls' });
  readonly #crumbs = element('nav', { class: 'crumbs', 'aria-label': 'Zoom' });
  readonly #body = element('div', { class: 'body' });
  readonly #details = element('p', { class: 'details' });
  readonly #legend = element('ul', { class: 'legend', 'aria-label': 'Colours' });
  /** In their order on the page. */
  readonly elements: readonly HTMLElement[];
  #state: SizesState;
  #found: Found | undefined;
  /** The match that the user went to. */
  #current: Part | undefined;

  constructor(
    sizes: Sizes,
    private readonly host: Host,
  ) {
    this.#trees = { sections: treeOfSections(sizes), owners: treeOfOwners(sizes) };
    this.#state = parseState(host.state());
    this.#search = new SearchBox(
      this.#state.query,
      (query) => this.#change({ query }),
      (part) => this.#goTo(part),
    );
    this.#map = new TreeMap({
      zoomTo: (part) => this.#zoomTo(part),
      zoomOut: () => this.#zoomTo(this.#root.parent),
      point: (part) => this.#showDetails(part),
      openSource: (part) => this.#openSource(part),
    });
    const where = element('div', { class: 'where' }, this.#crumbs, this.#search.element);
    const footer = element('footer', {}, this.#details, this.#legend);
    this.elements = [this.#controls, where, this.#body, footer];
  }

  /** Draws. The elements must be in the document, because the treemap needs their size. */
  start(): void {
    this.#body.parentElement?.addEventListener('keydown', (event) => {
      if (event.key !== '/' || event.target === this.#search.input) return;
      this.#search.focus();
      event.preventDefault();
    });
    this.#drawControls();
    this.#draw();
    new ResizeObserver(() => this.#drawMap()).observe(this.#body);
  }

  get #tree(): PartTree {
    return this.#trees[this.#state.tab];
  }

  get #root(): Part {
    return partAt(this.#tree, this.#state.path);
  }

  /** The chosen measure, if the data has it. */
  get #measure(): SizeMeasure {
    const available = measuresIn(this.#tree);
    return available.find((measure) => measure === this.#state.measure) ?? 'bytes';
  }

  #change(change: Partial<SizesState>): void {
    const isSearch = 'query' in change || 'tab' in change || 'measure' in change;
    if (isSearch) this.#current = undefined;
    this.#state = { ...this.#state, ...change };
    this.host.setState(this.#state);
    this.#draw();
  }

  #zoomTo(part: Part | undefined): void {
    if (part === undefined || part === this.#root) return;
    this.#change({ path: namesTo(part) });
  }

  /** Shows the part around a match, so that the match is among its largest children. */
  #goTo(part: Part): void {
    this.#current = part;
    const around = part.parent ?? this.#tree.root;
    if (around !== this.#root) this.#zoomTo(around);
    else this.#draw();
    this.#showDetails(part);
  }

  #zoomFromTable(part: Part): void {
    this.#search.clear();
    this.#change({ path: namesTo(part), query: '' });
  }

  #openSource(part: Part): void {
    // Above the crates is the code section.
    const path = namesTo(part).slice(this.#state.tab === 'sections' ? 1 : 0);
    if (part.isCode && path.length > 0) this.host.post({ kind: 'open-source', path });
  }

  #drawControls(): void {
    const { tab, display } = this.#state;
    const available = measuresIn(this.#trees.sections).map((value) => ({ value, label: measures[value].label }));
    const groups = [
      choiceGroup('Group by', choicesOf(tabs), tab, (value) => this.#change({ tab: value, path: [] })),
      choiceGroup('Measure', available, this.#measure, (measure) => this.#change({ measure })),
      choiceGroup('Show as', choicesOf(displays), display, (value) => this.#change({ display: value })),
    ];
    this.#controls.replaceChildren(...groups.filter((group) => group !== undefined));
  }

  #draw(): void {
    const tree = this.#tree;
    const measure = this.#measure;
    this.#found = search(tree, this.#state.query, measure);
    this.#search.update(this.#found, this.#current, measure);
    this.#crumbs.replaceChildren(crumbs(this.#root, (part) => this.#zoomTo(part)));
    const isMap = this.#state.display === 'map';
    this.#body.classList.toggle('with-map', isMap);
    this.#legend.replaceChildren(...legend(tree));
    this.#showDetails(undefined);
    if (isMap) {
      if (this.#map.element.parentElement === null) this.#body.replaceChildren(this.#map.element);
      this.#drawMap();
      return;
    }
    const input = { tree, root: this.#root, measure, available: measuresIn(tree), found: this.#found };
    this.#body.replaceChildren(sizeTable(input, (part) => this.#zoomFromTable(part)));
  }

  #drawMap(): void {
    if (this.#state.display !== 'map') return;
    this.#map.draw({
      tree: this.#tree,
      root: this.#root,
      measure: this.#measure,
      found: this.#found,
      current: this.#current,
    });
  }

  #showDetails(part: Part | undefined): void {
    const shown = part ?? this.#root;
    this.#details.textContent = describe(shown, this.#measure, this.#tree);
  }
}

/** From below the root. */
function namesTo(part: Part): string[] {
  return lineageOf(part)
    .slice(1)
    .map(({ name }) => name);
}

function choicesOf<Value extends string>(table: Readonly<Record<Value, string>>) {
  return (Object.keys(table) as Value[]).map((value) => ({ value, label: table[value] }));
}
