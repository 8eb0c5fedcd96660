import { firstCharacters, lastCharacters } from '../base/text.ts';
import { oneLine, printable } from './terminal.ts';

/** GitHub rejects a comment of more than 65 536 characters. */
const MAX_ERROR_CHARACTERS = 8000;

/** @param align a rule per column, separated by blanks. Escapes `|` in cells, even in code spans, as GFM requires. */
export function table(head: readonly string[], rows: readonly (readonly string[])[], align?: string): string {
  const rule = align?.split(' ') ?? head.map(() => ':--');
  const lines = [head, rule, ...rows].map((cells) => cells.map((cell) => cell.replace(/(?<!\\)\|/g, '\\|')));
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** Escapes text, so that Markdown shows it as it is. Separates `@` from a name, so that a comment notifies no one. */
export function prose(text: string): string {
  return inline(printable(excerpt(text)))
    .replace(/^( *)(#|\+|-|=)/gm, '$1\\$2')
    .replace(/^( *\d+)([.)])/gm, '$1\\$2')
    .replaceAll('\n', '<br>\n');
}

/** As `prose`, for the cell of a table: no list and no heading can start there, so `+4.5 %` stays as it is. */
export function cellText(text: string): string {
  return inline(oneLine(excerpt(text)));
}

function inline(text: string): string {
  return text
    .trim()
    .replace(/[\\`*[\]<>|~$]|&(?=#?\w+;)|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\$&')
    .replaceAll('@', '@<!-- -->');
}

/** An inline code span. */
export function code(text: string): string {
  const content = oneLine(text);
  const ticks = '`'.repeat(longestRun(content) + 1);
  const blank = ticks.length > 1 ? ' ' : '';
  return `${ticks}${blank}${content}${blank}${ticks}`;
}

/** A code block whose fence no line of the text can close. */
export function fence(text: string): string {
  const content = excerpt(printable(text));
  const ticks = '`'.repeat(Math.max(3, longestRun(content) + 1));
  return `${ticks}text\n${content}\n${ticks}`;
}

/** The start and the end of a long text. */
function excerpt(text: string): string {
  const left = text.length - MAX_ERROR_CHARACTERS;
  if (left <= 0) return text;
  const half = MAX_ERROR_CHARACTERS / 2;
  return `${firstCharacters(text, half)}\n… ${left} characters left out. The JSON report has the full text …\n${lastCharacters(text, half)}`;
}

function longestRun(text: string): number {
  return Math.max(0, ...Array.from(text.matchAll(/`+/g), ([run]) => run.length));
}
