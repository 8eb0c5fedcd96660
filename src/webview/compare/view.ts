/** Compare: what changed from one blob to another. */
import type { Unit } from '../../model/measures.ts';
import { severityWords } from '../../model/severity.ts';
import type { ComparedFigure, CompareView, MetadataChange } from '../../model/view.ts';
import { button, choiceGroup, element, heading } from '../dom.ts';
import type { Host } from '../host.ts';
import { amount, counted, shownName } from '../text.ts';
import { changedParts, growthTable } from './bars.ts';

export function showCompare(view: CompareView, place: HTMLElement, host: Host): void {
  const { older, newer, findings, imports, metadata } = view;
  const save = host.isEditor ? button('Save as HTML', {}, () => host.post({ kind: 'save' })) : undefined;
  const names = `${shownName(older.label)} → ${shownName(newer.label)}`;
  place.append(
    element(
      'section',
      { class: 'view compare', 'aria-label': `Comparison: ${shownName(view.title)}` },
      element('header', {}, heading(shownName(view.title)), element('p', { class: 'quiet' }, names), save),
      findingList(findings),
      figureTable(view.figures),
      element('h3', {}, 'Growth'),
      growth(view.growth, host),
      element('h3', {}, 'Imports'),
      importList(imports),
      ...(metadata === undefined ? [] : [element('h3', {}, 'Metadata'), metadataList(metadata)]),
    ),
  );
}

function findingList(findings: CompareView['findings']): HTMLElement | undefined {
  if (findings.length === 0) return undefined;
  const items = findings.map(({ id, severity, message }) =>
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
  return element('ul', { class: 'findings' }, ...items);
}

/** A message may be longer than a name. */
function shownText(text: string): string {
  return text.split('\n').map(shownName).join(' ');
}

function figureTable(figures: readonly ComparedFigure[]): HTMLElement {
  const text = (value: number | undefined, unit: Unit) => (value === undefined ? '' : amount(value, unit));
  const rows = figures.map(({ label, unit, was, now, delta }) =>
    element(
      'tr',
      {},
      element('th', { scope: 'row' }, label),
      element('td', { class: 'number' }, text(was, unit)),
      element('td', { class: 'number' }, text(now, unit)),
      element('td', { class: `number ${directionOf(was, now, delta)}` }, delta ?? ''),
    ),
  );
  const head = ['Figure', 'Before', 'After', 'Change'].map((label, at) =>
    element('th', { scope: 'col', class: at > 0 ? 'number' : '' }, label),
  );
  return element('table', {}, element('thead', {}, element('tr', {}, ...head)), element('tbody', {}, ...rows));
}

function directionOf(was: number | undefined, now: number | undefined, delta: string | undefined): string {
  if (was === undefined || now === undefined || delta === undefined || !/^[+−]/.test(delta)) return '';
  return now > was ? 'grew' : 'shrank';
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
    label: `${groups[value]} (${changedParts(parts[value]).length})`,
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

function importList({ added, gone }: CompareView['imports']): HTMLElement {
  if (added.length === 0 && gone.length === 0) {
    return element('p', { class: 'empty' }, 'Both blobs import the same functions.');
  }
  const list = (names: readonly string[], sign: string, className: string) =>
    names.map((name) => element('li', { class: `code ${className}` }, `${sign} ${shownName(name)}`));
  return element('ul', { class: 'plain' }, ...list(added, '+', 'added'), ...list(gone, '−', 'gone'));
}

/** Grouped by what follows from the changes. */
function metadataList(changes: readonly MetadataChange[]): HTMLElement {
  if (changes.length === 0) return element('p', { class: 'empty' }, 'The metadata is the same.');
  const classes = [...new Set(changes.map((change) => change.class))];
  return element(
    'div',
    {},
    ...classes.map((name) =>
      metadataClass(
        name,
        changes.filter((change) => change.class === name),
      ),
    ),
  );
}

const OPEN_AT_MOST = 40;

function metadataClass(name: string, changes: readonly MetadataChange[]): HTMLElement {
  const rows = changes.map(({ change, path, was = '', now = '' }) =>
    element(
      'tr',
      {},
      element('td', {}, shownName(change)),
      element('th', { scope: 'row', class: 'code' }, shownName(path)),
      element('td', { class: 'code' }, shownName(was)),
      element('td', { class: 'code' }, shownName(now)),
    ),
  );
  const head = ['Change', 'Where', 'Before', 'After'].map((label) => element('th', { scope: 'col' }, label));
  return element(
    'details',
    { open: changes.length <= OPEN_AT_MOST },
    element('summary', {}, element('strong', {}, shownName(name)), `: ${counted(changes.length, 'change')}`),
    element('table', {}, element('thead', {}, element('tr', {}, ...head)), element('tbody', {}, ...rows)),
  );
}
