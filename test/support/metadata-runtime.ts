/** Small runtimes whose metadata functions do what a test wants. */
import { concat } from '../../src/base/bytes.ts';
import { leb128, list, name, section, sized, wasmModule } from '../../src/wasm/writer.ts';

const ANSWER_ADDRESS = 1024;
const PAGE_BYTES = 65_536;
const encoder = new TextEncoder();

export interface FakeRuntime {
  /** The answer of `Metadata_metadata_at_version`, or the instructions that compute it as an i64. */
  readonly answer: Uint8Array | readonly number[];
  /** Pages. Default: as many as the answer needs. */
  readonly memory?: number;
}

/** A runtime that offers metadata version 15 alone. */
export function fakeRuntime({ answer, memory }: FakeRuntime): Uint8Array {
  const bytes = answer instanceof Uint8Array ? answer : new Uint8Array();
  const versions = Uint8Array.of(4, 15, 0, 0, 0);
  const versionsAt = ANSWER_ADDRESS + bytes.length;
  const heapBase = versionsAt + versions.length + 16;
  const body = (instructions: readonly number[]) => sized(Uint8Array.of(0, ...instructions, 0x0b));
  const answerBody = answer instanceof Uint8Array ? pointer(ANSWER_ADDRESS, bytes.length) : answer;
  const exported = (label: string, kind: number, index: number) => concat(name(label), Uint8Array.of(kind, index));
  const segment = (at: number, content: Uint8Array) =>
    concat(Uint8Array.of(0, 0x41), signed(at), Uint8Array.of(0x0b), sized(content));
  return wasmModule(
    section(1, list(Uint8Array.of(0x60, 2, 0x7f, 0x7f, 1, 0x7e))),
    section(3, list(leb128(0), leb128(0))),
    section(5, list(concat(Uint8Array.of(0), leb128(memory ?? Math.ceil(heapBase / PAGE_BYTES) + 1)))),
    section(6, list(concat(Uint8Array.of(0x7f, 0, 0x41), signed(heapBase), Uint8Array.of(0x0b)))),
    section(
      7,
      list(
        exported('memory', 2, 0),
        exported('__heap_base', 3, 0),
        exported('Metadata_metadata_versions', 0, 0),
        exported('Metadata_metadata_at_version', 0, 1),
      ),
    ),
    section(10, list(body(pointer(versionsAt, versions.length)), body(answerBody))),
    section(11, list(segment(ANSWER_ADDRESS, bytes), segment(versionsAt, versions))),
    section(0, name('runtime_version'), runtimeVersion),
    section(0, name('runtime_apis'), new Uint8Array()),
  );
}

/** The answer `Some(metadata)` as a runtime API gives it. */
export function opaqueAnswer(metadata: Uint8Array): Uint8Array {
  return concat(Uint8Array.of(1), compact(metadata.length), metadata);
}

export const instructions = {
  endlessLoop: [0x03, 0x40, 0x0c, 0, 0x0b, 0x00],
  /** Grows the memory page by page for ever, and writes to each. */
  endlessGrowth: [0x03, 0x40, 0x41, 0xc0, 0x00, 0x40, 0, 0x1a, 0x0c, 0, 0x0b, 0x00],
  trap: [0x00],
  /** Calls itself. */
  endlessRecursion: [0x41, 0, 0x41, 0, 0x10, 1],
  /** An answer that is not in the memory. */
  outOfBounds: [...pointer(0x7000_0000, 100)],
} as const;

/** `i64.const` of an answer's address and length. */
export function pointer(address: number, length: number): number[] {
  return [0x42, ...signed(length * 2 ** 32 + address)];
}

export function compact(value: number): Uint8Array {
  if (value < 64) return Uint8Array.of(value << 2);
  if (value < 2 ** 14) return Uint8Array.of(((value << 2) & 0xff) | 1, value >> 6);
  const word = value * 4 + 2;
  return Uint8Array.of(word & 0xff, (word >>> 8) & 0xff, (word >>> 16) & 0xff, Math.floor(word / 2 ** 24));
}

/** Signed LEB128 of a number that is not negative. */
function signed(value: number): Uint8Array {
  const bytes = leb128(value);
  const last = bytes.at(-1) ?? 0;
  return (last & 0x40) === 0 ? bytes : Uint8Array.from([...bytes.slice(0, -1), last | 0x80, 0]);
}

const text = (value: string) => concat(compact(value.length), encoder.encode(value));
const u32 = (value: number) => Uint8Array.of(value & 0xff, (value >> 8) & 0xff, 0, 0);
const runtimeVersion = concat(
  ...[text('fake'), text('fake'), u32(1), u32(1), u32(1), compact(0), u32(1), Uint8Array.of(1)],
);
