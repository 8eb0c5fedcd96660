/** Paths of Rust items as demangled symbols have them. */

/** Where an item is: `pallet_x::pallet::Pallet<T>::do_thing` is `do_thing` in `pallet`, `Pallet` of `pallet_x`. */
export interface ItemPath {
  readonly crate: string;
  /** Modules and types, without generic arguments. */
  readonly path: readonly string[];
  /** A function, usually. Absent: the crate or a module is meant. */
  readonly item?: string;
}

const MAX_LENGTH = 4096;
/** `<<<T as A>::B as C>::D as E>` */
const MAX_NESTED = 8;

export function isIdentifier(text: string): boolean {
  return /^[A-Za-z_]\w{0,255}$/.test(text);
}

/**
 * Undefined if the text starts with no crate. For `<T as Trait>::method` and `<T>::method`, the path of `T` counts. Leaves out
 * generic arguments and compiler-made parts such as `{{closure}}`.
 */
export function parseItemPath(text: string): ItemPath | undefined {
  const segments = segmentsOf(text.slice(0, MAX_LENGTH).trim());
  const [crate, ...rest] = segments;
  if (crate === undefined) return undefined;
  const item = rest.at(-1);
  return { crate, path: rest.slice(0, -1), ...(item !== undefined && { item }) };
}

function segmentsOf(text: string, level = 0): readonly string[] {
  if (level > MAX_NESTED) return [];
  if (!text.startsWith('<')) return split(text).map(withoutArguments).filter(isIdentifier);
  const end = closingAt(text);
  const [self = ''] = splitAt(text.slice(1, end), ' as ');
  const method = split(text.slice(end + 1)).map(withoutArguments);
  // References and pointers: `<&mut T as …>`.
  const type = self.replace(/^(?:&|\*)(?:'\w+ )?(?:mut |const )?/, '');
  return [...segmentsOf(type, level + 1), ...method.filter(isIdentifier)];
}

/** Splits at `::` outside of brackets. */
function split(text: string): readonly string[] {
  return splitAt(text, '::');
}

function splitAt(text: string, separator: string): readonly string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at < text.length; at++) {
    if (depth === 0 && text.startsWith(separator, at)) {
      parts.push(text.slice(start, at));
      start = at + separator.length;
      at = start - 1;
    } else depth = Math.max(0, depth + depthChange(text, at));
  }
  return [...parts, text.slice(start)];
}

/** `->` closes nothing. */
function depthChange(text: string, at: number): number {
  const character = text[at] ?? '';
  if ('<([{'.includes(character)) return 1;
  if (character === '>' && text[at - 1] === '-') return 0;
  return '>)]}'.includes(character) ? -1 : 0;
}

function closingAt(text: string): number {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    depth += depthChange(text, at);
    if (depth === 0) return at;
  }
  return text.length;
}

function withoutArguments(part: string): string {
  const start = part.search(/[<([{]/);
  return (start === -1 ? part : part.slice(0, start)).trim();
}
