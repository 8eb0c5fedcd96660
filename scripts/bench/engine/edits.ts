/** Small changes to a raw runtime, like those of a developer's next build. */
import { concat } from '../../../src/base/bytes.ts';
import { Cursor } from '../../../src/wasm/cursor.ts';
import { contentOf, HEADER_BYTES, readSections, type SectionName, sectionId } from '../../../src/wasm/sections.ts';
import { section, sized } from '../../../src/wasm/writer.ts';

const NOP = Uint8Array.of(0x01);

/** Adds a `nop` at the end of the middle function. The code of all other functions stays the same. */
export function withChangedFunction(raw: Uint8Array): Uint8Array {
  return withSection(raw, 'code', (code) => {
    const cursor = new Cursor(code);
    const count = cursor.u32();
    for (let index = 0; index < Math.floor(count / 2); index += 1) cursor.take(cursor.u32());
    const before = code.subarray(0, cursor.at);
    const body = cursor.take(cursor.u32());
    return concat(before, sized(body.subarray(0, -1), NOP, body.subarray(-1)), code.subarray(cursor.at));
  });
}

/** Changes the last byte of the data, and no function. */
export function withChangedData(raw: Uint8Array): Uint8Array {
  return withSection(raw, 'data', (data) => {
    const changed = data.slice();
    changed[changed.length - 1] = (changed.at(-1) ?? 0) ^ 1;
    return changed;
  });
}

function withSection(raw: Uint8Array, name: SectionName, change: (content: Uint8Array) => Uint8Array): Uint8Array {
  const { sections } = readSections(raw);
  const id = sectionId(name);
  const index = sections.findIndex((one) => one.id === id);
  const [previous, found] = [sections[index - 1], sections[index]];
  if (found === undefined) throw new Error(`the runtime has no ${name} section`);
  const start = previous === undefined ? HEADER_BYTES : previous.start + previous.bytes;
  const changed = section(id, change(contentOf(raw, found)));
  return concat(raw.subarray(0, start), changed, raw.subarray(found.start + found.bytes));
}
