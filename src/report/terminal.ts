/** Terminal text: colour, bars, wrapping, and the removal of control characters. */
import { escapeInvisible } from '../base/text.ts';

export type Style = 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'cyan';
export type Paint = (text: string, ...styles: readonly Style[]) => string;

const codes: Readonly<Record<Style, number>> = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33, cyan: 36 };

/** Node's `styleText` is not used: since Node 22 it depends on stdout, but the text may go elsewhere. */
export function painter(colour: boolean): Paint {
  if (!colour) return (text) => text;
  return (text, ...styles) =>
    text === '' ? '' : `${styles.map((style) => `\u001b[${codes[style]}m`).join('')}${text}\u001b[0m`;
}

/** A bar of `width` cells. It is full only for ratios of 1 or more. */
export function bar(ratio: number, width: number): string {
  const full = Math.max(0, Math.min(ratio < 1 ? width - 1 : width, Math.round(ratio * width)));
  return '█'.repeat(full) + '░'.repeat(width - full);
}

/**
 * Makes text from outside (paths, names in the runtime blob, messages of a worker) safe to print. Writes control and
 * format characters, including those that change the text direction, as escapes. Keeps line feeds. Takes their meaning from
 * commands that a CI system obeys in a log: `::error::` of GitHub at the start of a line, `##[error]` and `##vso[` anywhere.
 */
export function printable(text: string): string {
  const plain = withoutLineCommands(text)
    .replace(/##(?=[a-z]*\[)/gi, '#\\u{23}')
    .replaceAll('\r\n', '\n')
    .replaceAll('\t', '    ');
  return escapeInvisible(plain);
}

/** Wrapping makes new starts of lines. */
function withoutLineCommands(text: string): string {
  return text.replace(/^(\s*):(?=:)/gm, '$1\\u{3a}');
}

/** Like `printable`, on one line. */
export function oneLine(text: string): string {
  return printable(text).replaceAll('\n', '\\n');
}

/** Wraps at white space and keeps each line's indentation. Breaks only words that are longer than a line. */
export function wrap(text: string, width: number): string[] {
  return text.split('\n').flatMap((line) => wrapLine(line.trimEnd(), width));
}

function wrapLine(line: string, width: number): string[] {
  const indent = ' '.repeat(Math.min(/^ */.exec(line)?.[0].length ?? 0, Math.floor(width / 2)));
  const room = width - indent.length;
  const lines: string[] = [];
  let current = '';
  for (const word of line
    .split(' ')
    .filter((part) => part !== '')
    .flatMap((part) => pieces(part, room))) {
    if (current !== '' && cells(current) + 1 + cells(word) > room) {
      lines.push(indent + current);
      current = word;
    } else {
      current = current === '' ? word : `${current} ${word}`;
    }
  }
  return [...lines, current === '' ? '' : indent + current].map(withoutLineCommands);
}

/** Counts code points. Ignores that some characters take two cells. */
function cells(text: string): number {
  return [...text].length;
}

function pieces(word: string, width: number): string[] {
  const characters = [...word];
  if (characters.length <= width) return [word];
  return Array.from({ length: Math.ceil(characters.length / width) }, (_, at) =>
    characters.slice(at * width, (at + 1) * width).join(''),
  );
}

const LINES_AT_END = 3;

/** At most about `count` lines: the first ones, a note, and the last three, because an error's cause often comes last. */
export function clip(lines: readonly string[], count: number): string[] {
  const left = lines.length - count;
  if (left <= 1) return [...lines];
  const note = `… ${left} lines left out. The JSON report has the full text …`;
  return [...lines.slice(0, count - LINES_AT_END), note, ...lines.slice(-LINES_AT_END)];
}
