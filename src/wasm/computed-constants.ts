/** Finds initial values that are computed (extended-const), which the first version of WebAssembly (MVP) does not have. */
import { Cursor } from './cursor.ts';
import { readExpression } from './instructions.ts';
import { catchMalformed, type Section, type SectionName, sectionId } from './sections.ts';

/**
 * The offset of the first initial value of a global, or offset of a segment, that is more than one instruction. Undefined
 * when there is none before the first damage, or the first later feature.
 */
export function findComputedConstant(module: Uint8Array, sections: readonly Section[]): number | undefined {
  let found: number | undefined;
  for (const name of ['global', 'element', 'data'] as const) {
    const section = sections.find(({ id }) => id === sectionId(name));
    if (section === undefined) continue;
    catchMalformed(() => {
      found ??= computedIn(module, new Cursor(module, section.start, section.start + section.bytes), name);
    });
  }
  return found;
}

function computedIn(module: Uint8Array, cursor: Cursor, section: SectionName): number | undefined {
  for (let left = cursor.u32(); left > 0; left -= 1) {
    // The type and the mutability of a global; the flags of a segment.
    if (section === 'global') cursor.take(2);
    else if (cursor.u32() !== 0) return undefined;
    const start = cursor.at;
    const end = readExpression(module, start, cursor.end);
    if (end.kind !== 'complete') return undefined;
    if (end.at !== endOfFirst(new Cursor(module, start, end.at)) + 1) return start;
    cursor.take(end.at - start);
    if (section === 'data') cursor.take(cursor.u32());
    if (section === 'element') for (let functions = cursor.u32(); functions > 0; functions -= 1) cursor.u32();
  }
  return undefined;
}

/** Behind the constant, or behind `global.get`. */
function endOfFirst(expression: Cursor): number {
  const opcode = expression.byte();
  if (opcode === 0x43) expression.take(4);
  else if (opcode === 0x44) expression.take(8);
  else while (expression.byte() >= 0x80);
  return expression.at;
}
