/** Damaged zstd streams, the same ones for the same seed. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { concat } from '../../src/base/bytes.ts';
import { SKIPPABLE_FRAME } from '../unit/runtime/samples.ts';

const fixtures = path.join(import.meta.dirname, '../fixtures/zstd');

/** Whole frames that libzstd wrote, by name. What they hold are valid modules. */
export function wholeFrames(): ReadonlyMap<string, Uint8Array> {
  const names = readdirSync(fixtures).filter((name) => name.endsWith('.zst'));
  return new Map(names.sort().map((name) => [name.slice(0, -'.zst'.length), readFileSync(path.join(fixtures, name))]));
}

/** A whole number from 0 to below `end`. */
export type Random = (end: number) => number;

/** The generator "mulberry32". */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  return (end) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let word = Math.imul(state ^ (state >>> 15), 1 | state);
    word = (word + Math.imul(word ^ (word >>> 7), 61 | word)) ^ word;
    return Math.floor((((word ^ (word >>> 14)) >>> 0) / 2 ** 32) * end);
  };
}

type Damage = (frame: Uint8Array, random: Random) => Uint8Array;

/** Frame header, and the head of the first block with its tables. */
const HEAD_BYTES = 24;
/** Checksum, and the end of the last block's bit stream, where decoding it begins. */
const TAIL_BYTES = 40;

const flipped = (bytes: Uint8Array, at: number, random: Random) =>
  withByte(bytes, at, (bytes[at] ?? 0) ^ (1 << random(8)));

/** Those that leave most of the frame whole come more often: the others are found damaged at once. */
const damages: readonly Damage[] = [
  (frame, random) => flipped(frame, random(frame.length), random),
  (frame, random) => flipped(frame, random(frame.length), random),
  (frame, random) => flipped(frame, random(frame.length), random),
  (frame, random) => withByte(frame, random(frame.length), random(256)),
  (frame, random) => withByte(frame, random(HEAD_BYTES), random(256)),
  (frame, random) => flipped(frame, frame.length - 1 - random(TAIL_BYTES), random),
  (frame, random) => frame.subarray(0, random(frame.length)),
  (frame, random) => without(frame, random(frame.length), 1 + random(8)),
  (frame, random) => repeated(frame, random(frame.length), 1 + random(30)),
  (frame, random) => concat(frame, SKIPPABLE_FRAME.subarray(0, random(SKIPPABLE_FRAME.length + 1))),
  (frame, random) => concat(frame, flipped(frame, random(frame.length), random)),
];

/** One damage, now and then several. */
export function damagedFrame(frames: readonly Uint8Array[], random: Random): Uint8Array {
  let bytes = frames[random(frames.length)] ?? new Uint8Array();
  const count = random(5) === 0 ? 1 + random(4) : 1;
  for (let done = 0; done < count && bytes.length > TAIL_BYTES; done += 1) {
    bytes = damages[random(damages.length)]?.(bytes, random) ?? bytes;
  }
  return bytes;
}

function withByte(bytes: Uint8Array, at: number, value: number): Uint8Array {
  const changed = Uint8Array.from(bytes);
  changed[at] = value;
  return changed;
}

function without(bytes: Uint8Array, at: number, length: number): Uint8Array {
  return concat(bytes.subarray(0, at), bytes.subarray(at + length));
}

function repeated(bytes: Uint8Array, at: number, length: number): Uint8Array {
  return concat(bytes.subarray(0, at + length), bytes.subarray(at));
}
