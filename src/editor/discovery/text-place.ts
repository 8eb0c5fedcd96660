/** A stretch of one line of a text file, as VS Code counts: from 0, in UTF-16 units. */
export interface TextPlace {
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly length: number;
}

/** @param at offset in the text */
export function placeAt(path: string, text: string, at: number, length: number): TextPlace {
  const before = text.slice(0, at);
  const lineStart = before.lastIndexOf('\n') + 1;
  return { path, line: before.split('\n').length - 1, column: at - lineStart, length };
}
