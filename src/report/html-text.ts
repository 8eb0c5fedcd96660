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

/** JSON for a script element. No text in it can end the element or start a comment. */
export function jsonBlock(value: unknown): Html {
  const escapes: Readonly<Record<string, string>> = {
    '<': '\\u003c',
    '>': '\\u003e',
    '&': '\\u0026',
    '\u2028': '\\u2028',
    '\u2029': '\\u2029',
  };
  return new Html(JSON.stringify(value).replace(/[<>&\u2028\u2029]/g, (character) => escapes[character] ?? ''));
}
