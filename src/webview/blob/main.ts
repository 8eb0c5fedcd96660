/** The page of the read-only editor for runtimes. It only shows what the editor sends. */
import type { BlobPage, CodeSelection, FromBlobPage, ToBlobPage } from '../../model/blob-page.ts';
import { button, element } from '../dom.ts';
import { renderSection } from './sections.ts';

interface VsCodeApi {
  postMessage(message: FromBlobPage): void;
}

function show(place: HTMLElement, page: BlobPage, post: (message: FromBlobPage) => void): void {
  const focused = document.activeElement?.id;
  place.replaceChildren(
    element('h1', {}, page.title),
    element('p', { class: 'status', 'data-tone': page.tone }, page.status),
    element('p', {}, page.reason),
    codeChoice(page.codes, post),
    element(
      'div',
      { class: 'buttons' },
      ...page.buttons.map(({ label, message }) => button(label, {}, () => post(message))),
    ),
    ...page.sections.map((section) => renderSection(section, post)),
  );
  // A page that is shown again must not lose the place of the keyboard.
  if (focused !== undefined && focused !== '') document.getElementById(focused)?.focus();
}

function codeChoice(codes: CodeSelection | undefined, post: (message: FromBlobPage) => void): Node {
  if (codes === undefined) return document.createDocumentFragment();
  const select = element('select', { id: 'code' });
  for (const { value, label } of codes.options) {
    select.append(element('option', { value, selected: value === codes.selected }, label));
  }
  select.addEventListener('change', () => post({ kind: 'choose-code', value: select.value }));
  return element('p', { class: 'choice' }, element('label', { for: 'code' }, codes.label), ' ', select);
}

function showMessage(
  place: HTMLElement,
  message: Exclude<ToBlobPage, { kind: 'show' }>,
  post: (message: FromBlobPage) => void,
): void {
  if (message.kind === 'wait') {
    // The page keeps its content while it is read again.
    if (place.querySelector('h1') === null) place.replaceChildren(element('p', { role: 'status' }, message.message));
    return;
  }
  const { title, message: text, remedy, codes } = message;
  place.replaceChildren(
    element('h1', {}, title),
    element(
      'div',
      { class: 'problem', role: 'alert' },
      element('p', {}, text),
      remedy === undefined ? undefined : element('p', {}, remedy),
    ),
    codeChoice(codes, post),
  );
}

function serve(api: VsCodeApi, place: HTMLElement): void {
  const post = (message: FromBlobPage) => api.postMessage(message);
  window.addEventListener('message', ({ data }: MessageEvent<ToBlobPage>) => {
    if (data.kind === 'show') show(place, data.page, post);
    else showMessage(place, data, post);
    place.setAttribute('aria-busy', String(data.kind === 'wait'));
  });
  window.addEventListener('error', ({ message }) => post({ kind: 'error', message }));
  post({ kind: 'ready' });
}

const api = (globalThis as { acquireVsCodeApi?: () => VsCodeApi }).acquireVsCodeApi?.();
const place = document.getElementById('page');
if (api !== undefined && place !== null) serve(api, place);
