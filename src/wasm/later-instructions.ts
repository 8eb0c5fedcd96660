/**
 * Passes over instructions that the MVP does not have, so that a call graph needs no MVP module. Development builds have a
 * few of them.
 */
import type { CallRecorder } from './call-recorder.ts';
import { numberAt } from './instructions.ts';

/** Where reading goes on. */
export interface AfterInstruction {
  readonly at: number;
  /** The blocks around the next instruction, with the expression itself. */
  readonly depth: number;
}

/**
 * What follows an opcode: `n` a number, `b` a block type (opens a block), `e` nothing (closes one), `d` a direct call,
 * `i` an indirect call with its table, `t` a list of types, digits: as many bytes.
 */
const immediates: ReadonlyMap<number, string> = new Map([
  [0x02, 'b'],
  [0x03, 'b'],
  [0x04, 'b'],
  [0x06, 'b'],
  [0x07, 'n'],
  [0x08, 'n'],
  [0x09, 'n'],
  [0x0a, ''],
  [0x11, 'i'],
  [0x12, 'd'],
  [0x13, 'i'],
  [0x14, 'n'],
  [0x15, 'n'],
  [0x18, 'en'],
  [0x19, ''],
  [0x1c, 't'],
  [0x25, 'n'],
  [0x26, 'n'],
  [0x3f, 'n'],
  [0x40, 'n'],
  [0xc0, ''],
  [0xc1, ''],
  [0xc2, ''],
  [0xc3, ''],
  [0xc4, ''],
  [0xd0, 'n'],
  [0xd1, ''],
  [0xd2, 'd'],
]);

/** Undefined for an instruction that is unknown or goes on behind the end. @param at of a `beyond-mvp` */
export function passInstruction(
  bytes: Uint8Array,
  { at, depth }: AfterInstruction,
  end: number,
  calls: CallRecorder,
): AfterInstruction | undefined {
  const opcode = bytes[at] ?? 0;
  const reader = new ImmediateReader(bytes, at + 1, depth, calls);
  const isMemoryAccess = opcode >= 0x28 && opcode <= 0x3e;
  const kinds = isMemoryAccess ? 'nnn' : opcode >= 0xfc ? prefixed(opcode, reader) : immediates.get(opcode);
  if (kinds === undefined) return undefined;
  for (const kind of kinds) reader.pass(kind);
  return reader.at <= end && reader.depth > 0 ? { at: reader.at, depth: reader.depth } : undefined;
}

/** What follows the second number of an opcode such as 0xfc. */
function prefixed(opcode: number, reader: ImmediateReader): string | undefined {
  const second = reader.number();
  if (opcode === 0xfc) return second < 8 ? '' : ['nn', 'n', 'nn', 'n', 'nn', 'n', 'nn', 'n', 'n', 'n'][second - 8];
  if (opcode === 0xfe) return second === 3 ? '1' : 'nn';
  if (opcode !== 0xfd) return undefined;
  if (second <= 11 || second === 92 || second === 93) return 'nn';
  if (second <= 13) return '88';
  if (second >= 21 && second <= 34) return '1';
  return second >= 84 && second <= 91 ? 'nn1' : '';
}

class ImmediateReader implements AfterInstruction {
  constructor(
    private readonly bytes: Uint8Array,
    public at: number,
    public depth: number,
    private readonly calls: CallRecorder,
  ) {}

  number(): number {
    const value = numberAt(this.bytes, this.at);
    while ((this.bytes[this.at++] as number) >= 0x80);
    return value;
  }

  pass(kind: string): void {
    switch (kind) {
      case 'b':
        this.number();
        this.depth += 1;
        break;
      case 'e':
        this.depth -= 1;
        break;
      case 'd':
        this.calls.direct(this.number());
        break;
      case 'i':
        this.calls.indirect(this.number());
        this.number();
        break;
      case 't':
        this.at += this.number();
        break;
      case 'n':
        this.number();
        break;
      default:
        this.at += Number(kind);
    }
  }
}
