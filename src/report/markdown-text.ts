import { oneLine, printable } from './terminal.ts';

/** GitHub refuses a comment of more than 65 536 characters. */
const charactersOfError = 8000;

/** A table; `align` holds a rule per column, parted by blanks. A `|` in a cell is escaped here, in code spans too, as GFM wants it. */
export function table(head: readonly string[], rows: readonly (readonly string[])[], align?: string): string {
  const rule = align?.split(' ') ?? head.map(() => ':--');
  const lines = [head, rule, ...rows].map((cells) => cells.map((cell) => cell.replace(/(?<!\\)\|/g, '\\|')));
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** Text that Markdown must not read as markup. An `@` is parted from the name, so that no comment calls people. */
export function prose(text: string): string {
  return printable(excerpt(text))
    .trim()
    .replace(/[\\`*[\]<>|~$]|&(?=#?\w+;)|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\$&')
    .replace(/^( *)(#|\+|-|=)/gm, '$1\\$2')
    .replace(/^( *\d+)([.)])/gm, '$1\\$2')
    .replaceAll('@', '@<!-- -->')
    .replaceAll('\n', '<br>\n');
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
  const left = text.length - charactersOfError;
  if (left <= 0) return text;
  const half = charactersOfError / 2;
  return `${text.slice(0, half)}\n… ${left} characters left out; the JSON report has them all …\n${text.slice(-half)}`;
}

function longestRun(text: string): number {
  return Math.max(0, ...Array.from(text.matchAll(/`+/g), ([run]) => run.length));
}
