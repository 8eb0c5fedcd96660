/** The page: in a panel of the editor it waits for messages, in a static file it shows the data blocks of the file. */
import type { View } from '../model/view.ts';
import type { ToPage } from '../model/view-messages.ts';
import { showCompare } from './compare/view.ts';
import { element } from './dom.ts';
import { showHistory } from './history/view.ts';
import { findHost, type Host } from './host.ts';
import { showSizes } from './sizes/view.ts';

function show(view: View, place: HTMLElement, host: Host): void {
  place.replaceChildren();
  switch (view.view) {
    case 'sizes':
      showSizes(view, place, host);
      return;
    case 'history':
      showHistory(view, place, host);
      return;
    case 'compare':
      showCompare(view, place, host);
  }
}

function showNote(place: HTMLElement, { message, remedy }: { message: string; remedy?: string }, role: string): void {
  const lines = [message, remedy].filter((line) => line !== undefined).map((line) => element('p', {}, line));
  place.replaceChildren(element('div', { class: 'note', role }, ...lines));
}

function serve(host: Host, place: HTMLElement): void {
  window.addEventListener('message', ({ data }: MessageEvent<ToPage>) => {
    switch (data.kind) {
      case 'show':
        show(data.view, place, host);
        return;
      case 'wait':
        showNote(place, data, 'status');
        return;
      case 'problem':
        showNote(place, data, 'alert');
    }
  });
  window.addEventListener('error', ({ message }) => host.post({ kind: 'error', message }));
  // From now on the panel can be restored.
  host.setState(host.state());
  host.post({ kind: 'ready' });
}

/** Each block of a static file stands right after the element that it fills. */
function showBlocks(host: Host): void {
  for (const block of document.querySelectorAll('script[type="application/json"][data-view]')) {
    const place = block.previousElementSibling;
    if (place instanceof HTMLElement) show(JSON.parse(block.textContent ?? '') as View, place, host);
  }
}

const place = document.getElementById('page');
const host = findHost(place?.dataset['key']);
if (host.isEditor && place !== null) serve(host, place);
else showBlocks(host);
