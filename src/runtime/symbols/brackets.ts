/** Searches in the text of Rust paths and types, such as `<a::B<(C, D)> as e::F>::g`. Linear in the text, and never throws. */

const code = (character: string) => character.charCodeAt(0);
const OPENING = new Set([...'<([{'].map(code));
const CLOSING = new Set([...'>)]}'].map(code));
const ARROW_END = code('>');
const MINUS = code('-');
const QUOTE = code("'");
const DOUBLE_QUOTE = code('"');

/** Where `separator` is next outside all brackets; -1 where it is not. It holds no bracket or quote itself. */
export function indexOutsideBrackets(text: string, separator: string, from = 0): number {
  const first = separator.charCodeAt(0);
  let depth = 0;
  for (let at = from; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit === first && depth === 0 && text.startsWith(separator, at)) return at;
    if (OPENING.has(unit)) depth += 1;
    else if (isClosing(text, at, unit)) depth = Math.max(0, depth - 1);
    else if (unit === QUOTE || unit === DOUBLE_QUOTE) at = endOfLiteral(text, at);
  }
  return -1;
}

/** Where the bracket that opens at `at` closes; the end of the text where it does not. */
export function closingBracket(text: string, at: number): number {
  let depth = 0;
  for (let here = at; here < text.length; here += 1) {
    const unit = text.charCodeAt(here);
    if (OPENING.has(unit)) depth += 1;
    else if (isClosing(text, here, unit)) {
      depth -= 1;
      if (depth === 0) return here;
    } else if (unit === QUOTE || unit === DOUBLE_QUOTE) here = endOfLiteral(text, here);
  }
  return text.length;
}

/** The parts between `::`. */
export function segmentsOf(path: string): readonly string[] {
  const segments: string[] = [];
  let from = 0;
  for (;;) {
    const at = indexOutsideBrackets(path, '::', from);
    if (at < 0) break;
    segments.push(path.slice(from, at));
    from = at + 2;
  }
  segments.push(path.slice(from));
  return segments;
}

/** The `>` of `->` closes nothing. */
function isClosing(text: string, at: number, unit: number): boolean {
  return CLOSING.has(unit) && !(unit === ARROW_END && text.charCodeAt(at - 1) === MINUS);
}

/** The place of the closing quote, or `at` itself where a quote begins a lifetime. v0 symbols have literals in constants. */
function endOfLiteral(text: string, at: number): number {
  if (text.charCodeAt(at) === QUOTE) {
    if (text[at + 1] !== '\\') return text[at + 2] === "'" ? at + 2 : at;
    const end = text.indexOf("'", at + 3);
    return end < 0 ? at : end;
  }
  for (let here = at + 1; here < text.length; here += 1) {
    if (text[here] === '\\') here += 1;
    else if (text[here] === '"') return here;
  }
  return text.length;
}
