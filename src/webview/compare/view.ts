/** Compare: what changed from one blob to another. */
import type { FactChange, ListChange } from '../../model/comparison.ts';
import { type MetadataChange, type MetadataChangeClass, metadataChangeClasses } from '../../model/metadata-change.ts';
import { changeClassWords } from '../../model/metadata-change-text.ts';
import { severityWords } from '../../model/severity.ts';
import type { ComparedFigure, ComparedFinding, CompareView } from '../../model/view.ts';
import { button, choiceGroup, element, heading } from '../dom.ts';
import type { Host } from '../host.ts';
import { counted, shownName } from '../text.ts';
import { growthTable } from './bars.ts';

export function showCompare(view: CompareView, place: HTMLElement, host: Host): void {
  const { older, newer, notes, imports, exports, metadata } = view;
  place.append(
    element(
      'section',
      { class: 'view compare', 'aria-label': `Comparison: ${shownName(view.title)}` },
      element(
        'header',
        {},
        heading(shownName(view.title)),
        element('p', { class: 'quiet' }, `${shownName(older.label)} → ${shownName(newer.label)}`),
        ...buttons(host),
      ),
      ...notes.map((note) => element('p', { class: 'quiet' }, shownText(note))),
      ...findings('New findings', view.newFindings),
      ...findings('Resolved findings', view.goneFindings),
      figureTable(view.figures),
      ...(view.facts.length === 0 ? [] : [element('h3', {}, 'Versions and memory'), factTable(view.facts)]),
      ...(metadata === undefined ? [] : [element('h3', {}, 'Metadata'), metadataList(metadata)]),
      element('h3', {}, 'Growth'),
      growth(view.growth, host),
      element('h3', {}, 'Imports'),
      changedNames(imports, 'Both blobs import the same functions.'),
      element('h3', {}, 'Exports'),
      changedNames(exports, 'Both blobs have the same exports.'),
    ),
  );
}

function buttons(host: Host): HTMLElement[] {
  if (!host.isEditor) return [];
  return [
    button('Save as HTML', {}, () => host.post({ kind: 'save' })),
    button('Open as Markdown', {}, () => host.post({ kind: 'open-markdown' })),
  ];
}

function findings(title: string, list: readonly ComparedFinding[]): HTMLElement[] {
  if (list.length === 0) return [];
  const items = list.map(({ id, severity, message }) =>
    element(
      'li',
      { class: `finding ${severity}` },
      element('strong', {}, severityWords[severity]),
      ' ',
      element('span', { class: 'code quiet' }, shownName(id)),
      ' ',
      shownText(message),
    ),
  );
  return [element('h3', {}, title), element('ul', { class: 'findings' }, ...items)];
}

/** A message may be longer than a name. */
function shownText(text: string): string {
  return text.split('\n').map(shownName).join(' ');
}

function figureTable(figures: readonly ComparedFigure[]): HTMLElement {
  const rows = figures.map(({ label, was = '', now = '', delta = '', direction }) =>
    element(
      'tr',
      {},
      element('th', { scope: 'row' }, label),
      element('td', { class: 'number' }, was),
      element('td', { class: 'number' }, now),
      element('td', { class: `number ${direction}` }, delta),
    ),
  );
  return table(['Figure', 'Before', 'After', 'Change'], rows, 'number');
}

function factTable(facts: readonly FactChange[]): HTMLElement {
  const rows = facts.map(({ name, was, now }) =>
    element(
      'tr',
      {},
      element('th', { scope: 'row', class: 'code' }, shownName(name)),
      element('td', {}, shownName(was)),
      element('td', {}, shownName(now)),
    ),
  );
  return table(['', 'Before', 'After'], rows);
}

/** @param className of all columns but the first */
function table(labels: readonly string[], rows: readonly HTMLElement[], className = ''): HTMLElement {
  const head = labels.map((label, at) => element('th', { scope: 'col', class: at > 0 ? className : '' }, label));
  return element('table', {}, element('thead', {}, element('tr', {}, ...head)), element('tbody', {}, ...rows));
}

const groups = {
  crates: 'Crates',
  owners: 'Pallets and own crates',
  functions: 'Functions',
  sections: 'Sections',
} as const;
type Group = keyof typeof groups;

function growth(parts: CompareView['growth'], host: Host): HTMLElement {
  const choices = (Object.keys(groups) as Group[]).map((value) => ({
    value,
    label: `${groups[value]} (${parts[value].length})`,
  }));
  const body = element('div');
  const show = (group: Group) => {
    host.setState({ group });
    body.replaceChildren(growthTable(`Growth: ${groups[group]}`, parts[group]));
  };
  const selected = groupIn(host.state());
  show(selected);
  return element('div', {}, choiceGroup('Growth by', choices, selected, show), body);
}

function groupIn(state: unknown): Group {
  const saved = typeof state === 'object' && state !== null && 'group' in state ? state.group : undefined;
  return (Object.keys(groups) as Group[]).find((group) => group === saved) ?? 'crates';
}

function changedNames({ added, gone }: ListChange, unchanged: string): HTMLElement {
  if (added.length === 0 && gone.length === 0) return element('p', { class: 'empty' }, unchanged);
  const list = (names: readonly string[], sign: string, className: string) =>
    names.map((name) => element('li', { class: `code ${className}` }, `${sign} ${shownName(name)}`));
  return element('ul', { class: 'plain' }, ...list(added, '+', 'added'), ...list(gone, '−', 'gone'));
}

/** Grouped by what follows from the changes, the worst first. */
function metadataList(changes: readonly MetadataChange[]): HTMLElement {
  if (changes.length === 0) return element('p', { class: 'empty' }, 'The metadata is the same.');
  const lists = metadataChangeClasses.map((name) => {
    const own = changes.filter((change) => change.class === name);
    return own.length === 0 ? undefined : metadataClass(name, own);
  });
  return element('div', {}, ...lists);
}

const OPEN_AT_MOST = 40;

function metadataClass(name: MetadataChangeClass, changes: readonly MetadataChange[]): HTMLElement {
  const rows = changes.map(({ kind, subject, path, was = '', now = '' }) =>
    element(
      'tr',
      {},
      element('td', {}, `${subject} ${kind}`),
      element('th', { scope: 'row', class: 'code' }, shownName(path)),
      element('td', { class: 'code' }, shownName(was)),
      element('td', { class: 'code' }, shownName(now)),
    ),
  );
  return element(
    'details',
    { open: changes.length <= OPEN_AT_MOST },
    element('summary', {}, element('strong', {}, changeClassWords[name]), `: ${counted(changes.length, 'change')}`),
    table(['Change', 'Where', 'Before', 'After'], rows),
  );
}
