/** `stored size` → `Stored size` */
export function capitalize(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Joins the indented lines of each paragraph. An empty line ends a paragraph. */
export function paragraphs(text: string): string {
  return text
    .trim()
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.trim().replace(/\s*\n\s*/g, ' '))
    .join('\n\n');
}

/** At most `count` UTF-16 units from the start. Does not cut a surrogate pair in half. */
export function firstCharacters(text: string, count: number): string {
  return text.slice(0, Math.max(0, count)).replace(/[\uD800-\uDBFF]$/, '');
}

/** At most `count` UTF-16 units from the end. Does not cut a surrogate pair in half. */
export function lastCharacters(text: string, count: number): string {
  return text.slice(Math.max(0, text.length - count)).replace(/^[\uDC00-\uDFFF]/, '');
}

/** Cuts a text from outside that is longer than expected, and says so in the text. */
export function truncate(text: string, maxCharacters: number): string {
  if (text.length <= maxCharacters) return text;
  return `${firstCharacters(text, maxCharacters)}… (truncated, ${text.length} characters)`;
}

const QUOTE_CHARACTERS = 60;

/** Quotes the first line of text from outside: clipped, without control characters and changes of the text direction. */
export function quoteLine(text: string): string {
  const [line = ''] = text
    .slice(0, 4096)
    .trim()
    .split(/[\r\n]/, 1);
  const safe = Array.from(line.replace(/[\p{C}\u2028\u2029]+/gu, ' ').trim());
  const shown = safe.length > QUOTE_CHARACTERS ? `${safe.slice(0, QUOTE_CHARACTERS).join('')}…` : safe.join('');
  return `"${shown.replaceAll('"', "'")}"`;
}

/**
 * Writes control and format characters, including those that change the text direction, and lone surrogates as escapes:
 * `\u{202e}`. Keeps line feeds.
 */
export function escapeInvisible(text: string): string {
  return text.replace(/(?!\n)[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu, (at) => `\\u{${at.codePointAt(0)?.toString(16)}}`);
}
