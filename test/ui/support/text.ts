import type { Locator } from 'playwright-core';

/** Matches the whole text of an element. */
export function exactly(text: string): RegExp {
  return new RegExp(`^\\s*${text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')}\\s*$`);
}

/** Without the glyphs of icons and with plain spaces. */
export function plain(text: string): string {
  return text
    .replaceAll(/[\uE000-\uF8FF]/g, '')
    .replaceAll('\u00A0', ' ')
    .trim();
}

/** What is to be read in the elements; empty where there are none. */
export async function textOf(elements: Locator): Promise<string> {
  return (await elements.allInnerTexts()).map(plain).join('\n');
}
