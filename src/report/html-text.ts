import { escapeInvisible } from '../base/text.ts';

/** Content that is already HTML. Everything else is text, and `html` escapes it. */
export class Html {
  constructor(readonly text: string) {}
}

type Value = string | number | Html | undefined | readonly (Html | string)[];

/** Builds HTML from a template. Escapes all values, also for attributes in double quotes. */
export function html(parts: TemplateStringsArray, ...values: readonly Value[]): Html {
  return new Html(parts.reduce((text, part, at) => `${text}${markup(values[at - 1])}${part}`));
}

function markup(value: Value): string {
  if (value === undefined) return '';
  if (value instanceof Html) return value.text;
  return typeof value === 'string' || typeof value === 'number' ? escaped(`${value}`) : value.map(markup).join('');
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Invisible characters become visible, because some of them change the direction of the text around them. */
function escaped(text: string): string {
  return escapeInvisible(text).replace(/[&<>"']/g, (character) => entities[character] ?? '');
}

/** JSON for a script element. No text in it can end the element, start a comment, or change the direction of the source. None of it is invisible. */
export function jsonBlock(value: unknown): Html {
  return new Html(JSON.stringify(value).replace(/[<>&\p{Cc}\p{Cf}\u2028\u2029]/gu, unicodeEscapes));
}

function unicodeEscapes(character: string): string {
  const units = Array.from({ length: character.length }, (_, at) => character.charCodeAt(at));
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('');
}
