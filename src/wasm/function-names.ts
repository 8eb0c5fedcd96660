/** Function names from the custom section `name`, which compilers write for debuggers. */
import { Cursor } from './cursor.ts';
import { catchMalformed, type Section, sectionId } from './sections.ts';

const FUNCTION_NAMES = 1;
/** Names of generic functions may have thousands of characters. */
const MAX_CHARACTERS = 200;

/**
 * The readable name of a function. Undefined without a `name` section, without a name for the function, or after damage.
 * @param index in the function index space
 */
export function functionName(module: Uint8Array, sections: readonly Section[], index: number): string | undefined {
  const section = sections.find(({ id, name }) => id === sectionId('custom') && name === 'name');
  if (!section) return undefined;
  let found: string | undefined;
  catchMalformed(() => {
    found = nameIn(new Cursor(module, section.start, section.start + section.bytes), index);
  });
  return found === undefined ? undefined : readable(found);
}

function nameIn(section: Cursor, index: number): string | undefined {
  while (!section.isAtEnd) {
    const id = section.byte();
    const subsection = section.part(section.u32());
    if (id !== FUNCTION_NAMES) continue;
    for (let left = subsection.u32(); left > 0; left -= 1) {
      if (subsection.u32() === index) return subsection.name();
      // Skips the name without decoding it.
      subsection.take(subsection.u32());
    }
    return undefined;
  }
  return undefined;
}

/** Control characters and bidirectional marks could garble a terminal. */
const unprintable = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** The path in Rust's legacy symbols: `_ZN4core3fmt5Write9write_str17h…E` becomes `core::fmt::Write::write_str`. */
export function readable(symbol: string): string {
  const path = (legacyPath(symbol) ?? symbol).replace(/::h[0-9a-f]{16}$/, '').replace(unprintable, '�');
  return path.length > MAX_CHARACTERS ? `${path.slice(0, MAX_CHARACTERS)}…` : path;
}

/** How rustc escapes what a linker does not take in a symbol. */
const escapes: Readonly<Record<string, string>> = {
  SP: '@',
  BP: '*',
  RF: '&',
  LT: '<',
  GT: '>',
  LP: '(',
  RP: ')',
  C: ',',
};

/** Undefined for a symbol of another form. */
function legacyPath(symbol: string): string | undefined {
  if (!symbol.startsWith('_ZN')) return undefined;
  const parts: string[] = [];
  let at = 3;
  while (symbol[at] !== 'E') {
    const digits = /^\d{1,4}/.exec(symbol.slice(at, at + 4))?.[0];
    if (digits === undefined) return undefined;
    at += digits.length;
    const end = at + Number(digits);
    if (end > symbol.length) return undefined;
    parts.push(unescaped(symbol.slice(at, end)));
    at = end;
  }
  return parts.length === 0 ? undefined : parts.join('::');
}

function unescaped(part: string): string {
  return part
    .replace(/^_(?=\$)/, '')
    .replace(/\$([A-Z]{1,2})\$/g, (whole, name: string) => escapes[name] ?? whole)
    .replace(/\$u([0-9a-f]{1,6})\$/g, (whole, code: string) =>
      Number.parseInt(code, 16) <= 0x10ffff ? String.fromCodePoint(Number.parseInt(code, 16)) : whole,
    )
    .replaceAll('..', '::');
}
