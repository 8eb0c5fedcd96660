import type { Locator } from 'playwright-core';

/** Matches the whole text of an element. */
export function exactly(text: string): RegExp {
  return new RegExp(`^\\s*${text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')}\\s*$`);
}

/** Removes icon glyphs and replaces special spaces. */
export function plain(text: string): string {
  return text
    .replaceAll(/[\uE000-\uF8FF]/g, '')
    .replaceAll('\u00A0', ' ')
    .trim();
}

/** The visible text of the elements. Empty if there are none. */
export async function textOf(elements: Locator): Promise<string> {
  return (await elements.allInnerTexts()).map(plain).join('\n');
}
