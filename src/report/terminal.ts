/** What a line of terminal text is made of: colour, bars, wrapping, and the removal of what a terminal would obey. */

export type Style = 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'cyan';
export type Paint = (text: string, ...styles: readonly Style[]) => string;

const codes: Readonly<Record<Style, number>> = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33, cyan: 36 };

/** `styleText` of node:util is not used: from Node 22 on it looks at the process's own stdout, which need not be where the text goes. */
export function painter(colour: boolean): Paint {
  if (!colour) return (text) => text;
  return (text, ...styles) =>
    text === '' ? '' : `${styles.map((style) => `\u001b[${codes[style]}m`).join('')}${text}\u001b[0m`;
}

/** A bar of `width` cells; it is full only from the ratio 1 on. */
export function bar(ratio: number, width: number): string {
  const full = Math.max(0, Math.min(ratio < 1 ? width - 1 : width, Math.round(ratio * width)));
  return '█'.repeat(full) + '░'.repeat(width - full);
}

/**
 * Makes text from outside (paths, names in the runtime blob, messages of a worker) safe to print: control and format
 * characters, among them those that turn the reading direction, are written as escapes. Line feeds stay.
 */
export function printable(text: string): string {
  return text
    .replaceAll('\r\n', '\n')
    .replaceAll('\t', '    ')
    .replace(/(?!\n)[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu, (at) => `\\u{${at.codePointAt(0)?.toString(16)}}`);
}

/** For a place where one line is expected. */
export function oneLine(text: string): string {
  return printable(text).replaceAll('\n', '\\n');
}

/** Wraps at white space, keeps each line's own indentation, and breaks a word only where it is longer than a line. */
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
  return [...lines, current === '' ? '' : indent + current];
}

/** Counted in code points: letters that take two cells are not looked for. */
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

const linesAtEnd = 3;

/** At most about `count` lines: the first, how many are left out, and the last three, since an error's cause often comes last. */
export function clip(lines: readonly string[], count: number): string[] {
  const left = lines.length - count;
  if (left <= 1) return [...lines];
  const note = `… ${left} lines left out; the JSON report has them all …`;
  return [...lines.slice(0, count - linesAtEnd), note, ...lines.slice(-linesAtEnd)];
}
