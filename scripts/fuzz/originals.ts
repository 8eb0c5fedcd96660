/** The blobs that are mutated: generated modules, real runtimes, and real runtimes with most of their code taken out. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { concat } from '../../src/base/bytes.ts';
import { decompress } from '../../src/runtime/compression.ts';
import { Cursor } from '../../src/wasm/cursor.ts';
import { contentOf, readSections, type Section, sectionId } from '../../src/wasm/sections.ts';
import { leb128, list, name, section, sized, wasmModule } from '../../src/wasm/writer.ts';
import { plainPvf } from '../../test/support/plain-pvf.ts';
import { tally } from '../../test/support/tally.ts';
import type { Random } from './random.ts';
import { sampleModule } from './sample-module.ts';

export interface Original {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Its code offers metadata. */
  readonly hasMetadata: boolean;
}

/** Small ones come often, so that many cases take little time. */
interface Group {
  readonly share: number;
  readonly members: readonly Original[];
}

export type Originals = readonly Group[];

const GENERATED = 64;
const BOMB_LIMIT = 32 * 1024 * 1024;
/** Real runtimes of the corpus, small ones. */
const corpusFiles = [
  'shell-2.compact.compressed.wasm',
  'glutton-kusama-1300-1.compact.compressed.wasm',
  'derived/shell-2-no-names.compact.wasm',
];
/** One function in so many keeps its code and its name. */
const KEPT = 40;

/** @param corpus may be missing: then the same seed gives other cases */
export async function loadOriginals(random: Random, corpus: string): Promise<Originals> {
  const generated = Array.from({ length: GENERATED }, (_, at) => original(`generated ${at}`, sampleModule(random)));
  const stored = [
    { file: 'tally', bytes: tally.stored() },
    ...corpusFiles.flatMap((file) => {
      const bytes = readIfThere(path.join(corpus, file));
      return bytes === undefined ? [] : [{ file, bytes }];
    }),
  ];
  const raw = await Promise.all(stored.map(async ({ file, bytes }) => original(file, await decompressed(bytes), true)));
  const groups = [
    { share: 69.4, members: generated },
    { share: 20, members: [original('plain', plainPvf), ...fieldCases(path.join(corpus, 'field'))] },
    { share: 10, members: raw.map((one) => original(`${one.name}, cut down`, cutDown(one.bytes))) },
    { share: 0.3, members: raw },
    { share: 0.3, members: stored.map(({ file, bytes }) => original(`${file}, as stored`, bytes, true)) },
  ];
  return groups;
}

export function pickOriginal(originals: Originals, random: Random): Original {
  const all = originals.reduce((sum, { share }) => sum + share, 0);
  let place = random.below(all * 1000) / 1000;
  for (const { share, members } of originals) {
    if (place < share) return random.pick(members);
    place -= share;
  }
  throw new RangeError('the shares do not add up');
}

function original(title: string, bytes: Uint8Array, hasMetadata = false): Original {
  return { name: title, bytes, hasMetadata };
}

/** Small modules, each with one fault. */
function fieldCases(folder: string): Original[] {
  return namesIn(folder)
    .filter((file) => file.endsWith('.compact.wasm'))
    .map((file) => original(file, readFileSync(path.join(folder, file))));
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}

function readIfThere(file: string): Uint8Array | undefined {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}

async function decompressed(stored: Uint8Array): Promise<Uint8Array> {
  const result = await decompress(stored, BOMB_LIMIT);
  if (result.kind !== 'ok') throw new Error(`an original can't be decompressed: ${result.kind}`);
  return result.raw;
}

/** Without its data, and with a trap in place of the code of most functions, which lose their names. */
function cutDown(module: Uint8Array): Uint8Array {
  const { sections } = readSections(module);
  const imports = importedFunctions(module, sections);
  return wasmModule(
    ...sections.flatMap((one) => {
      const content = contentOf(module, one);
      if (one.name === 'data' || one.name === 'datacount') return [];
      if (one.name === 'code') return [section(one.id, withTraps(content))];
      if (one.name === 'name') return [section(0, name('name'), Uint8Array.of(1), sized(fewNames(content, imports)))];
      return [one.id === 0 ? section(0, name(one.name), content) : section(one.id, content)];
    }),
  );
}

function withTraps(content: Uint8Array): Uint8Array {
  const cursor = new Cursor(content);
  const trap = Uint8Array.of(3, 0, 0x00, 0x0b);
  const count = cursor.u32();
  const bodies = Array.from({ length: count }, (_, at) => {
    const body = cursor.take(cursor.u32());
    return at % KEPT === 0 ? sized(body) : trap;
  });
  return list(...bodies);
}

/** The content of the names of functions. */
function fewNames(content: Uint8Array, imports: number): Uint8Array {
  const cursor = new Cursor(content);
  const functions = 1;
  const kept: Uint8Array[] = [];
  while (!cursor.isAtEnd) {
    const id = cursor.byte();
    const names = cursor.part(cursor.u32());
    if (id !== functions) continue;
    names.list(() => {
      const index = names.u32();
      const own = names.take(names.u32());
      if (index < imports || (index - imports) % KEPT === 0) kept.push(concat(leb128(index), sized(own)));
    });
  }
  return list(...kept);
}

function importedFunctions(module: Uint8Array, sections: readonly Section[]): number {
  const found = sections.find(({ id }) => id === sectionId('import'));
  if (found === undefined) return 0;
  const cursor = new Cursor(contentOf(module, found));
  return cursor.u32();
}
