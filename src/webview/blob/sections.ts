/** The sections of the page. A new kind of section is an entry in `renderers`. */
import type { FactsSection, FindingsSection, FromBlobPage, PageSection, TableSection } from '../../model/blob-page.ts';
import { button, element, svg } from '../dom.ts';

type Post = (message: FromBlobPage) => void;

const renderers: {
  readonly [Kind in PageSection['kind']]: (section: Extract<PageSection, { kind: Kind }>, post: Post) => Node;
} = {
  facts: renderFacts,
  findings: renderFindings,
  table: renderTable,
};

/** The user can close each section. */
export function renderSection(section: PageSection, post: Post): HTMLElement {
  const summary = element(
    'summary',
    { id: `${section.id}-summary` },
    element('h2', { id: `${section.id}-heading` }, section.heading),
  );
  const details = element('details', { open: !closed.has(section.id) }, summary, contentOf(section, post));
  details.addEventListener('toggle', () => (details.open ? closed.delete(section.id) : closed.add(section.id)));
  return element('section', { id: section.id, 'aria-labelledby': `${section.id}-heading` }, details);
}

/** They stay closed when the page is shown again. */
const closed = new Set<string>();
/** The search texts, by section. */
const searches = new Map<string, string>();

function contentOf(section: PageSection, post: Post): Node {
  switch (section.kind) {
    case 'facts':
      return renderers.facts(section, post);
    case 'findings':
      return renderers.findings(section, post);
    case 'table':
      return renderers.table(section, post);
  }
}

function renderFacts({ facts }: FactsSection, post: Post): Node {
  const list = element('dl', {});
  for (const { label, value, isCode = false, about, tone, button: action } of facts) {
    list.append(
      element('dt', {}, label),
      element(
        'dd',
        { 'data-tone': tone },
        element('span', { class: isCode ? 'code' : undefined }, value),
        action === undefined ? undefined : ' ',
        action === undefined
          ? undefined
          : button(action.label, { id: `fact-${action.message.kind}` }, () => post(action.message)),
        about === undefined ? undefined : element('span', { class: 'about' }, about),
      ),
    );
  }
  return list;
}

function renderFindings({ findings, empty }: FindingsSection, post: Post): Node {
  if (findings.length === 0) return element('p', {}, empty);
  const items = findings.map(({ severity, tone, message, hint, button: action }, index) =>
    element(
      'li',
      { 'data-tone': tone },
      element('strong', {}, severity),
      ` ${message} `,
      button(action.label, { id: `finding-${index}` }, () => post(action.message)),
      hint === undefined ? undefined : element('p', { class: 'about' }, hint),
    ),
  );
  return element('ul', { class: 'findings' }, ...items);
}

/** More rows would make the page slow. The search finds the others. */
const MAX_ROWS = 2000;

function renderTable(section: TableSection, post: Post): Node {
  const { columns, rows, empty, search, id, bars, links, button: action } = section;
  if (rows.length === 0) return element('p', {}, empty);
  const body = element('tbody', {});
  const none = element('p', { class: 'none', role: 'status' });
  const fill = (text: string) => {
    const wanted = text.trim().toLowerCase();
    const found = rows.flatMap((cells, at) =>
      cells.some((cell) => cell.toLowerCase().includes(wanted)) ? [{ cells, at }] : [],
    );
    body.replaceChildren(...found.slice(0, MAX_ROWS).map(rowOf));
    none.textContent = found.length === 0 ? (search?.none ?? '') : `${found.length} / ${rows.length}`;
  };
  const nameOf = (cell: string, row: number) => {
    const message = links?.messages[row];
    if (message === undefined) return cell;
    return button(cell, { class: 'link', title: links?.title }, () => post(message));
  };
  const rowOf = ({ cells, at: row }: { readonly cells: readonly string[]; readonly at: number }) =>
    element(
      'tr',
      {},
      ...cells.map((cell, at) =>
        element('td', { class: columns[at]?.isNumber ? 'number' : 'name' }, at === 0 ? nameOf(cell, row) : cell),
      ),
      bars === undefined ? undefined : element('td', { class: 'bar', 'aria-hidden': true }, barOf(bars[row] ?? 0)),
    );
  fill(searches.get(id) ?? '');
  const head = columns.map(({ label, isNumber }) =>
    element('th', { scope: 'col', class: isNumber ? 'number' : undefined }, label),
  );
  const table = element(
    'table',
    { 'aria-labelledby': `${id}-heading` },
    element('thead', {}, element('tr', {}, ...head, bars === undefined ? undefined : element('td', {}))),
    body,
  );
  return element(
    'div',
    {},
    action === undefined
      ? undefined
      : element(
          'p',
          {},
          button(action.label, { id: `${id}-button` }, () => post(action.message)),
        ),
    search === undefined ? undefined : searchBox(section, search.label, fill, none),
    table,
  );
}

/** Attributes of SVG, because the content security policy allows no style attributes. @param share from 0 to 1 */
function barOf(share: number): Node {
  const width = Math.round(1000 * Math.min(1, Math.max(0, share))) / 10;
  return svg('svg', { width: 100, height: 8 }, svg('rect', { width, height: 8, rx: 2 }));
}

function searchBox({ id }: TableSection, label: string, fill: (text: string) => void, count: HTMLElement): Node {
  const input = element('input', { type: 'search', id: `${id}-search`, value: searches.get(id) ?? '' });
  input.addEventListener('input', () => {
    searches.set(id, input.value);
    fill(input.value);
  });
  return element('div', { class: 'search' }, element('label', { for: `${id}-search` }, label), ' ', input, ' ', count);
}
