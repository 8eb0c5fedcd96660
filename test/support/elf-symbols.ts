/** The symbols of an artifact, which Wasmtime writes as a 64-bit little-endian ELF file. */
import assert from 'node:assert/strict';

interface ElfSymbol {
  readonly name: string;
  readonly bytes: number;
}

const SYMTAB = 2;
const SYMBOL_BYTES = 24;

export function elfSymbols(file: Buffer): ElfSymbol[] {
  assert.equal(file.toString('latin1', 0, 6), '\x7fELF\x02\x01');
  const [table, entryBytes, count] = [Number(file.readBigUInt64LE(40)), file.readUInt16LE(58), file.readUInt16LE(60)];
  const sections = Array.from({ length: count }, (_, at) => file.subarray(table + at * entryBytes));
  const content = (section: Buffer) => {
    const start = Number(section.readBigUInt64LE(24));
    return file.subarray(start, start + Number(section.readBigUInt64LE(32)));
  };
  const symtab = sections.find((section) => section.readUInt32LE(4) === SYMTAB);
  const strings = symtab && sections[symtab.readUInt32LE(40)];
  assert(symtab && strings);
  const [symbols, names] = [content(symtab), content(strings)];
  return Array.from({ length: symbols.length / SYMBOL_BYTES }, (_, at) => {
    const symbol = symbols.subarray(at * SYMBOL_BYTES);
    const start = symbol.readUInt32LE(0);
    return {
      name: names.toString('utf8', start, names.indexOf(0, start)),
      bytes: Number(symbol.readBigUInt64LE(16)),
    };
  });
}
