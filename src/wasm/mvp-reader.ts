/**
 * Reads the sections of a module as the first version of WebAssembly (MVP) has them, and stops at the first use of a later
 * feature. Polkadot's parser (parity-wasm 0.45) stops at the same places, with an error that names none.
 */
import { Cursor, MalformedWasm } from './cursor.ts';
import { dataUse, elementUse, type FeatureUse, limitsUse, typeForms, valueTypeUse } from './features.ts';
import { describeInstruction, isMvpValueType, readExpression } from './instructions.ts';
import type { Section, SectionName } from './sections.ts';

/** Where a later feature is used. */
export interface UseInModule extends FeatureUse {
  /** Offset in the module. */
  readonly offset: number;
  /** The index of the function body that has it. */
  readonly body?: number;
}

/** Thrown at the first use. */
class LaterFeature extends Error {
  override readonly name = 'LaterFeature';
  constructor(readonly use: UseInModule) {
    super(use.name);
  }
}

export type SectionEnd =
  | { readonly kind: 'complete' }
  | { readonly kind: 'malformed' }
  | { readonly kind: 'later-feature'; readonly use: UseInModule };

/** Never throws. @param section any but the code section, which `readCode` reads */
export function readMvpSection(module: Uint8Array, section: Section): SectionEnd {
  try {
    new MvpReader(module, section).read();
    return { kind: 'complete' };
  } catch (error) {
    if (error instanceof LaterFeature) return { kind: 'later-feature', use: error.use };
    if (error instanceof MalformedWasm) return { kind: 'malformed' };
    throw error;
  }
}

const FUNCTION_FORM = 0x60;
const FUNCREF = 0x70;
const TABLE_WITH_INITIALIZER = 0x40;
const TAG = 4;

class MvpReader {
  private readonly cursor: Cursor;
  private readonly name: SectionName;

  constructor(
    private readonly bytes: Uint8Array,
    section: Section,
  ) {
    this.cursor = new Cursor(bytes, section.start, section.start + section.bytes);
    this.name = section.name as SectionName;
  }

  read(): void {
    const { cursor, name } = this;
    if (name === 'tag') this.stop(cursor.at, { feature: 'exceptions', name: 'tag section' });
    const count = cursor.u32();
    // These two consist of one number.
    if (name !== 'start' && name !== 'datacount') for (let index = 0; index < count; index += 1) this.item();
    this.expectEnd();
  }

  private item(): void {
    switch (this.name) {
      case 'type':
        this.functionType();
        break;
      case 'import':
        this.importItem();
        break;
      case 'table':
        this.table();
        break;
      case 'memory':
        this.limits();
        break;
      case 'global':
        this.global();
        this.expression();
        break;
      case 'export':
        this.exportItem();
        break;
      case 'element':
        this.element();
        break;
      case 'data':
        this.data();
        break;
      default:
        this.cursor.u32();
    }
  }

  private functionType(): void {
    const { at } = this.cursor;
    const form = this.cursor.byte();
    if (form !== FUNCTION_FORM) this.stop(at, typeForms.get(form));
    for (let params = this.cursor.u32(); params > 0; params -= 1) this.valueType();
    const results = this.cursor.u32();
    for (let left = results; left > 0; left -= 1) this.valueType();
    if (results > 1) this.stop(at, { feature: 'multi-value', name: `function type with ${results} results` });
  }

  private importItem(): void {
    this.cursor.name();
    this.cursor.name();
    const { at } = this.cursor;
    const kind = this.cursor.byte();
    switch (kind) {
      case 0:
        this.cursor.u32();
        break;
      case 1:
        this.table();
        break;
      case 2:
        this.limits();
        break;
      case 3:
        this.global();
        break;
      default:
        this.stop(at, tagUse(kind, 'imported tag'));
    }
  }

  private exportItem(): void {
    this.cursor.name();
    const { at } = this.cursor;
    const kind = this.cursor.byte();
    if (kind >= TAG) this.stop(at, tagUse(kind, 'exported tag'));
    this.cursor.u32();
  }

  private table(): void {
    const { at } = this.cursor;
    const type = this.cursor.byte();
    if (type === TABLE_WITH_INITIALIZER) this.stop(at, { feature: 'gc', name: 'table with an initial value' });
    if (type !== FUNCREF) this.stop(at, valueTypeUse(type));
    this.limits();
  }

  private limits(): void {
    const { at } = this.cursor;
    const flags = this.cursor.byte();
    if (flags > 1) this.stop(at, limitsUse(flags));
    this.cursor.u32();
    if (flags === 1) this.cursor.u32();
  }

  private global(): void {
    this.valueType();
    const { at } = this.cursor;
    const flags = this.cursor.byte();
    if (flags > 1) this.stop(at, flags < 4 ? { feature: 'threads', name: 'shared global' } : undefined);
  }

  private element(): void {
    const { at } = this.cursor;
    const flags = this.cursor.u32();
    if (flags !== 0) this.stop(at, elementUse(flags));
    this.expression();
    for (let functions = this.cursor.u32(); functions > 0; functions -= 1) this.cursor.u32();
  }

  private data(): void {
    const { at } = this.cursor;
    const flags = this.cursor.u32();
    if (flags !== 0) this.stop(at, dataUse(flags));
    this.expression();
    this.cursor.take(this.cursor.u32());
  }

  private expression(): void {
    const { cursor } = this;
    const read = readExpression(this.bytes, cursor.at, cursor.end);
    if (read.kind === 'malformed') throw new MalformedWasm(cursor.at, 'an expression has no end');
    if (read.kind === 'beyond-mvp') this.stop(read.at, describeInstruction(this.bytes, read.at));
    // `take` checks that an instruction does not go on behind the end.
    cursor.take(read.at - cursor.at);
  }

  private valueType(): void {
    const { at } = this.cursor;
    const type = this.cursor.byte();
    if (!isMvpValueType(type)) this.stop(at, valueTypeUse(type));
  }

  private expectEnd(): void {
    if (!this.cursor.isAtEnd) throw new MalformedWasm(this.cursor.at, `the ${this.name} section has trailing bytes`);
  }

  /** @param use undefined: no proposal has that, so it is damage */
  private stop(offset: number, use: FeatureUse | undefined): never {
    if (!use) throw new MalformedWasm(offset, `unknown code in the ${this.name} section`);
    throw new LaterFeature({ ...use, offset });
  }
}

function tagUse(kind: number, name: string): FeatureUse | undefined {
  return kind === TAG ? { feature: 'exceptions', name } : undefined;
}
