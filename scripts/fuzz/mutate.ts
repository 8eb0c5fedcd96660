/** Changes of a blob, at random: its bytes, its sections, its names, what it is packed in. */
import { gzipSync } from 'node:zlib';
import { concat, toHex } from '../../src/base/bytes.ts';
import { COMPRESSED_MAGIC } from '../../src/runtime/magic.ts';
import { HEADER_BYTES, readSections } from '../../src/wasm/sections.ts';
import { leb128, list, name, section, sized, wasmModule } from '../../src/wasm/writer.ts';
import { type Block, zstdFrame } from '../../test/unit/runtime/samples.ts';
import { oddName, oddText } from './odd-names.ts';
import type { Random } from './random.ts';

type Change = (bytes: Uint8Array, random: Random) => Uint8Array;

const MAX_CHANGES = 3;
const HUGE_LEB = Uint8Array.of(0xff, 0xff, 0xff, 0xff, 0x0f);
/** As a number of items or bytes. */
const oddCounts = [0, 1, 127, 128, 1000, 65_536, 1_000_000, 100_000_001, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1, 2 ** 32];
const oddBytes = [0x00, 0x01, 0x0b, 0x0e, 0x10, 0x11, 0x40, 0x7f, 0x80, 0xfc, 0xff];
/** A zstd block holds at most that many bytes. */
const BLOCK_BYTES = 128 * 1024;

/** One to three changes, mostly one, because each may keep a reader from what comes behind it; now and then what comes out is packed, and changed once more. */
export function mutated(bytes: Uint8Array, random: Random): Uint8Array {
  let result = bytes;
  for (let left = random.oneIn(2) ? 1 : 1 + random.below(MAX_CHANGES); left > 0; left -= 1) {
    result = (random.oneIn(2) ? random.pick(byteChanges) : random.pick(moduleChanges))(result, random);
  }
  if (random.oneIn(12)) result = random.pick(packings)(result, random);
  return random.oneIn(40) ? random.pick(byteChanges)(result, random) : result;
}

const setBytes: Change = (bytes, random) => {
  const changed = bytes.slice();
  for (let left = 1 + random.below(6); left > 0 && changed.length > 0; left -= 1) {
    const at = random.below(changed.length);
    changed[at] = random.oneIn(2) ? random.pick(oddBytes) : (changed[at] ?? 0) ^ (1 << random.below(8));
  }
  return changed;
};

const deleteChunk: Change = (bytes, random) => {
  const [at, length] = chunkOf(bytes, random);
  return concat(bytes.subarray(0, at), bytes.subarray(at + length));
};

const repeatChunk: Change = (bytes, random) => {
  const [at, length] = chunkOf(bytes, random);
  return concat(bytes.subarray(0, at + length), bytes.subarray(at));
};

const swapChunks: Change = (bytes, random) => {
  const [at, length] = chunkOf(bytes, random);
  const [other] = chunkOf(bytes, random);
  const changed = bytes.slice();
  changed.copyWithin(at, other, other + length);
  changed.set(bytes.subarray(at, at + Math.min(length, changed.length - other)), other);
  return changed;
};

const insertHuge: Change = (bytes, random) => {
  const at = random.below(bytes.length + 1);
  return concat(bytes.subarray(0, at), HUGE_LEB, bytes.subarray(at));
};

const truncate: Change = (bytes, random) => bytes.subarray(0, random.below(bytes.length + 1));

/** Truncation leaves little, so it is rare. */
const byteChanges: readonly Change[] = [
  ...[setBytes, setBytes, setBytes, deleteChunk, repeatChunk, swapChunks, insertHuge],
  (bytes, random) => (random.oneIn(3) ? truncate(bytes, random) : setBytes(bytes, random)),
];

/** Mostly short. */
function chunkOf(bytes: Uint8Array, random: Random): readonly [at: number, length: number] {
  return [random.below(bytes.length), 1 + random.below(random.oneIn(10) ? 2000 : 12)];
}

/** The sections with their headers; edits change them. */
type EditSections = (parts: Uint8Array[], random: Random, at: number) => void;

/** Falls back to the bytes when the module has no sections. */
function sectionChange(edit: EditSections): Change {
  return (bytes, random) => {
    const parts = partsOf(bytes);
    if (parts.length === 0) return setBytes(bytes, random);
    edit(parts, random, random.below(parts.length));
    return wasmModule(...parts);
  };
}

function partsOf(bytes: Uint8Array): Uint8Array[] {
  const { sections } = readSections(bytes);
  const ends = sections.map(({ start, bytes: length }) => start + length);
  return ends.map((end, at) => bytes.subarray(at === 0 ? HEADER_BYTES : ends[at - 1], end));
}

/** The id of a section, and its content with the name of a custom section. */
function opened(part: Uint8Array): { readonly id: number; readonly content: Uint8Array } {
  let start = 1;
  while ((part[start] ?? 0) >= 0x80) start += 1;
  return { id: part[0] ?? 0, content: part.subarray(start + 1) };
}

const swapSections: EditSections = (parts, random, at) => {
  const other = random.below(parts.length);
  const [one, two] = [parts[at], parts[other]];
  if (one === undefined || two === undefined) return;
  [parts[at], parts[other]] = [two, one];
};

const dropSection: EditSections = (parts, _random, at) => {
  parts.splice(at, 1);
};

const repeatSection: EditSections = (parts, random, at) => {
  parts.splice(random.below(parts.length), 0, parts[at] ?? Uint8Array.of());
};

const renumberSection: EditSections = (parts, random, at) => {
  const { content } = opened(parts[at] ?? Uint8Array.of());
  parts[at] = section(random.below(15), content);
};

const resizeSection: EditSections = (parts, random, at) => {
  const { id, content } = opened(parts[at] ?? Uint8Array.of());
  const size = random.oneIn(2) ? random.pick(oddCounts) : Math.max(0, content.length + random.below(5) - 2);
  parts[at] = concat(Uint8Array.of(id), leb128(size), content);
};

/** The number of items says something else than there is; the size of the section fits. */
const miscount: EditSections = (parts, random, at) => {
  const { id, content } = opened(parts[at] ?? Uint8Array.of());
  let start = 0;
  while ((content[start] ?? 0) >= 0x80) start += 1;
  parts[at] = section(id, leb128(random.pick(oddCounts)), content.subarray(start + 1));
};

/** Any section is as likely as the code, which has most of the bytes. */
const editContent: EditSections = (parts, random, at) => {
  const { id, content } = opened(parts[at] ?? Uint8Array.of());
  parts[at] = section(id, random.pick(byteChanges)(content, random));
};

const addCustomSection: EditSections = (parts, random, at) => {
  const known = [
    'name',
    'runtime_version',
    'runtime_apis',
    'producers',
    'target_features',
    '.debug_info',
    'code',
    'name',
  ];
  const ownName = random.oneIn(2) ? name(random.pick(known)) : sized(oddName(random));
  parts.splice(at, 0, section(0, ownName, random.bytes(random.below(60))));
};

const addCode: EditSections = (parts, random) => {
  const at = parts.findIndex((part) => part[0] === 10);
  const bodies = Array.from({ length: 1 + random.below(3) }, () => sized(oddBody(random)));
  if (at >= 0) parts[at] = section(10, list(...bodies));
};

/** Code that costs a careless reader its stack, its memory or its time. */
function oddBody(random: Random): Uint8Array {
  const many = 1000 + random.below(30_000);
  switch (random.below(5)) {
    case 0:
      return concat(
        Uint8Array.of(0),
        new Uint8Array(many * 2).map((_, at) => (at % 2 === 0 ? 0x02 : 0x40)),
      );
    case 1:
      return concat(Uint8Array.of(0, 0x0e), leb128(random.pick(oddCounts)), random.bytes(20));
    case 2:
      return concat(leb128(random.pick(oddCounts)), random.bytes(20));
    case 3:
      return concat(Uint8Array.of(0), new Uint8Array(many).fill(0x0b));
    default:
      return concat(Uint8Array.of(1), leb128(random.pick(oddCounts)), Uint8Array.of(0x7f), random.bytes(200));
  }
}

/** A name section with odd names, for functions in any order, twice, or that are not there. */
const rename: EditSections = (parts, random) => {
  const functions = Array.from({ length: 1 + random.below(16) }, (_, at) => {
    const index = random.oneIn(20) ? random.pick(oddCounts) : random.oneIn(5) ? random.below(60) : at;
    return concat(leb128(index), sized(oddName(random)));
  });
  const segments = [concat(leb128(0), sized(oddName(random)))];
  const names = concat(Uint8Array.of(1), sized(list(...functions)), Uint8Array.of(9), sized(list(...segments)));
  const kept = parts.filter((part) => part[0] !== 0 || !isNameSection(part) || random.oneIn(10));
  parts.splice(0, parts.length, ...kept, section(0, name('name'), names));
};

function isNameSection(part: Uint8Array): boolean {
  return Buffer.from(opened(part).content.subarray(1, 5)).toString('latin1') === 'name';
}

/** Names of imports and exports are shown, too. */
const addImportsAndExports: EditSections = (parts, random) => {
  const imports = Array.from({ length: 1 + random.below(8) }, () =>
    concat(sized(oddName(random)), sized(oddName(random)), Uint8Array.of(random.below(5), random.below(3), 1)),
  );
  const exports = Array.from({ length: 1 + random.below(8) }, () =>
    concat(sized(oddName(random)), Uint8Array.of(random.below(5)), leb128(random.pick([0, 1, 3, 1000]))),
  );
  const others = parts.filter((part) => part[0] !== 2 && part[0] !== 7);
  const at = others.findIndex((part) => part[0] !== 1);
  others.splice(Math.max(0, at), 0, section(2, list(...imports)));
  const end = others.findIndex((part) => (part[0] ?? 0) > 7);
  others.splice(end < 0 ? others.length : end, 0, section(7, list(...exports)));
  parts.splice(0, parts.length, ...others);
};

/** A `runtime_version` as a runtime could have it. */
const addRuntimeVersion: EditSections = (parts, random) => {
  const specName = new TextEncoder().encode(oddText(random)).subarray(0, 16_000);
  const length = specName.length < 64 ? Uint8Array.of(specName.length << 2) : wideLength(specName.length);
  const rest = random.bytes(20 + random.below(40));
  const content = concat(length, specName, Uint8Array.of(4, 0x61), rest);
  parts.push(section(0, name('runtime_version'), content));
};

/** SCALE's compact form in two bytes. */
function wideLength(length: number): Uint8Array {
  const word = (length << 2) | 1;
  return Uint8Array.of(word & 0xff, word >> 8);
}

const appendModule: Change = (bytes, random) =>
  concat(bytes, random.oneIn(2) ? bytes.subarray(0, 200_000) : random.bytes(random.below(100)));

const moduleChanges: readonly Change[] = [
  ...[swapSections, dropSection, repeatSection, renumberSection, resizeSection, miscount].map(sectionChange),
  ...[editContent, editContent, editContent, addCustomSection, addCode].map(sectionChange),
  ...[rename, rename, rename, rename, rename, addImportsAndExports, addRuntimeVersion].map(sectionChange),
  appendModule,
];

const compress: Change = (bytes, random) => {
  const blocks: Block[] = [];
  for (let at = 0; at < bytes.length; at += BLOCK_BYTES) {
    blocks.push({ kind: 'raw', body: bytes.subarray(at, at + BLOCK_BYTES) });
  }
  if (random.oneIn(10)) blocks.push(...Array.from({ length: 400 }, () => rle(random)));
  return concat(COMPRESSED_MAGIC, zstdFrame(blocks));
};

/** 128 kB in four bytes. */
function rle(random: Random): Block {
  return { kind: 'rle', body: Uint8Array.of(random.below(256)), size: BLOCK_BYTES };
}

const asHex: Change = (bytes) => new TextEncoder().encode(toHex(bytes));

const asChainSpec: Change = (bytes) =>
  new TextEncoder().encode(JSON.stringify({ genesis: { runtimeGenesis: { code: toHex(bytes) } }, name: 'x' }));

const asGzip: Change = (bytes) => gzipSync(bytes, { level: 1 });

const packings: readonly Change[] = [compress, compress, compress, asHex, asChainSpec, asGzip];
