/** Function names from the custom section `name`, which compilers write for debuggers. */
import { Cursor } from './cursor.ts';
import { catchMalformed, type Section, sectionId } from './sections.ts';

const FUNCTION_NAMES = 1;

/**
 * The bytes of a function's name, as the compiler wrote it: mangled in most modules.
 * Undefined without a `name` section, without a name for the function, or after damage.
 * @param index in the function index space
 */
export function functionName(module: Uint8Array, sections: readonly Section[], index: number): Uint8Array | undefined {
  const section = sections.find(({ id, name }) => id === sectionId('custom') && name === 'name');
  if (!section) return undefined;
  let found: Uint8Array | undefined;
  catchMalformed(() => {
    found = nameIn(new Cursor(module, section.start, section.start + section.bytes), index);
  });
  return found;
}

function nameIn(section: Cursor, index: number): Uint8Array | undefined {
  while (!section.isAtEnd) {
    const id = section.byte();
    const subsection = section.part(section.u32());
    if (id !== FUNCTION_NAMES) continue;
    for (let left = subsection.u32(); left > 0; left -= 1) {
      const named = subsection.u32();
      const name = subsection.take(subsection.u32());
      if (named === index) return name;
    }
    return undefined;
  }
  return undefined;
}
