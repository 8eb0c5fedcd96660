import { button, element } from '../dom.ts';
import { shownName } from '../text.ts';
import { type Family, families } from './families.ts';
import { lineageOf, type Part, type PartTree } from './parts.ts';

/** The way from the whole to the shown part. */
export function crumbs(shown: Part, zoomTo: (part: Part) => void): HTMLElement {
  const items = lineageOf(shown).map((part) => {
    const name = part.parent === undefined && part.kind === 'file' ? 'Decompressed file' : shownName(part.name);
    const isShown = part === shown;
    const step = isShown
      ? element('span', { 'aria-current': 'location' }, name)
      : button(name, { class: 'link' }, () => zoomTo(part));
    return element('li', {}, step);
  });
  return element('ol', {}, ...items);
}

/** The colours that the tree has. */
export function legend({ all }: PartTree): HTMLElement[] {
  const used = new Set(all.slice(1).map(({ family }) => family));
  return (Object.keys(families) as Family[])
    .filter((family) => used.has(family))
    .map((family) =>
      element('li', {}, element('span', { class: `swatch ${family}`, 'aria-hidden': 'true' }), families[family]),
    );
}
