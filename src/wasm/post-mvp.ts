/**
 * Finds where a module first uses a feature that is later than the first version of WebAssembly (MVP). It reads in the
 * order of Polkadot's parser (parity-wasm 0.45), which stops there with an error that names no place.
 */
import { Cursor, MalformedWasm } from './cursor.ts';
import { dataUse, elementUse, type FeatureUse, limitsUse, typeForms, valueTypeUse } from './features.ts';
import { functionName } from './function-names.ts';
import { describeInstruction, isMvpValueType, readExpression } from './instructions.ts';
import { catchMalformed, type Section, type SectionName, sectionId } from './sections.ts';
import { readImport } from './types.ts';

/** Plain data, so that threads can exchange it. */
export interface PostMvpUse extends FeatureUse {
  /** Offset in the module. */
  readonly offset: number;
  /** The function with the first instruction or local of the feature. Absent when no function body has one. */
  readonly inFunction?: FunctionPlace;
}

export interface FunctionPlace {
  /** In the function index space: imported functions come first. */
  readonly index: number;
  /** From the `name` section. */
  readonly functionName?: string;
  /** What the function has: an instruction or the type of a local. */
  readonly name: string;
  /** Offset in the module. */
  readonly offset: number;
}

/**
 * Returns undefined when there is no such use before the module ends or its first damage. Never throws.
 * @param sections of `readSections`
 */
export function findPostMvpUse(module: Uint8Array, sections: readonly Section[]): PostMvpUse | undefined {
  const search = new Search(module);
  const found = search.first(sections);
  if (found === undefined) return undefined;
  const { body, ...use } = found;
  const inCode = body === undefined ? stopOf(() => search.sectionOf('code', sections)) : found;
  const imported = importedFunctions(module, sections);
  if (inCode?.body === undefined || inCode.feature !== use.feature || imported === undefined) return use;
  const index = imported + inCode.body;
  const named = functionName(module, sections, index);
  const inFunction = { index, ...(named && { functionName: named }), name: inCode.name, offset: inCode.offset };
  return { ...use, inFunction };
}

/** Undefined when the import section is damaged. */
function importedFunctions(module: Uint8Array, sections: readonly Section[]): number | undefined {
  let count: number | undefined;
  catchMalformed(() => {
    const section = sections.find(({ id }) => id === sectionId('import'));
    const cursor = section && new Cursor(module, section.start, section.start + section.bytes);
    const imports = cursor?.list(() => readImport(cursor, [])) ?? [];
    count = imports.filter(({ kind }) => kind === 'function').length;
  });
  return count;
}

/** Thrown to end the search. */
class Found extends Error {
  override readonly name = 'Found';
  constructor(readonly place: Place) {
    super(place.name);
  }
}

interface Place extends FeatureUse {
  readonly offset: number;
  /** The index of the function body that has it. */
  readonly body?: number;
}

/** What `read` found. Undefined after damage, too. */
function stopOf(read: () => void): Place | undefined {
  try {
    read();
    return undefined;
  } catch (error) {
    if (error instanceof Found) return error.place;
    if (error instanceof MalformedWasm) return undefined;
    throw error;
  }
}

const FUNCTION_FORM = 0x60;
const FUNCREF = 0x70;
const TABLE_WITH_INITIALIZER = 0x40;
const TAG = 4;

/** The order of the sections in a module, which is not that of their ids. */
const order: readonly SectionName[] = [
  'type',
  'import',
  'function',
  'table',
  'memory',
  'tag',
  'global',
  'export',
  'start',
  'element',
  'datacount',
  'code',
  'data',
];

class Search {
  private body: number | undefined;

  constructor(private readonly bytes: Uint8Array) {}

  first(sections: readonly Section[]): Place | undefined {
    let last = -1;
    for (const section of sections) {
      if (section.id === sectionId('custom')) continue;
      const place = order.findIndex((name) => sectionId(name) === section.id);
      // The parser stops at a section that is out of order or there twice.
      if (place <= last) return undefined;
      last = place;
      let isWhole = false;
      const found = stopOf(() => {
        this.section(section);
        isWhole = true;
      });
      if (found || !isWhole) return found;
    }
    return undefined;
  }

  /** Throws as `section` does. Does nothing in a module without that section. */
  sectionOf(name: SectionName, sections: readonly Section[]): void {
    const section = sections.find(({ id }) => id === sectionId(name));
    if (section) this.section(section);
  }

  /** Throws `Found` or `MalformedWasm` where Polkadot's parser would stop. */
  private section({ name, start, bytes }: Section): void {
    const cursor = new Cursor(this.bytes, start, start + bytes);
    switch (name as SectionName) {
      case 'tag':
        throw this.found(start, { feature: 'exceptions', name: 'tag section' });
      case 'start':
      case 'datacount':
        cursor.u32();
        break;
      default: {
        const count = cursor.u32();
        for (let index = 0; index < count; index += 1) this.item(name as SectionName, cursor, index);
      }
    }
    if (!cursor.isAtEnd) throw new MalformedWasm(cursor.at, `the ${name} section has trailing bytes`);
  }

  private item(section: SectionName, cursor: Cursor, index: number): void {
    switch (section) {
      case 'type':
        return this.functionType(cursor);
      case 'import':
        return this.importItem(cursor);
      case 'table':
        return this.table(cursor);
      case 'memory':
        return this.limits(cursor);
      case 'global':
        this.global(cursor);
        return this.constant(cursor);
      case 'export':
        return this.exportItem(cursor);
      case 'element':
        return this.element(cursor);
      case 'code':
        return this.functionBody(cursor, index);
      case 'data':
        return this.data(cursor);
      default:
        cursor.u32();
    }
  }

  private functionType(cursor: Cursor): void {
    const { at } = cursor;
    const form = cursor.byte();
    if (form !== FUNCTION_FORM) throw this.foundOrMalformed(at, typeForms.get(form), `unknown type form ${form}`);
    for (let params = cursor.u32(); params > 0; params -= 1) this.valueType(cursor);
    const results = cursor.u32();
    for (let left = results; left > 0; left -= 1) this.valueType(cursor);
    if (results > 1) throw this.found(at, { feature: 'multi-value', name: `function type with ${results} results` });
  }

  private importItem(cursor: Cursor): void {
    cursor.name();
    cursor.name();
    const { at } = cursor;
    const kind = cursor.byte();
    switch (kind) {
      case 0:
        cursor.u32();
        return;
      case 1:
        return this.table(cursor);
      case 2:
        return this.limits(cursor);
      case 3:
        return this.global(cursor);
      default:
        throw this.foundOrMalformed(at, tagUse(kind, 'imported tag'), `unknown kind of import ${kind}`);
    }
  }

  private exportItem(cursor: Cursor): void {
    cursor.name();
    const { at } = cursor;
    const kind = cursor.byte();
    if (kind > 3) throw this.foundOrMalformed(at, tagUse(kind, 'exported tag'), `unknown kind of export ${kind}`);
    cursor.u32();
  }

  private table(cursor: Cursor): void {
    const { at } = cursor;
    const type = cursor.byte();
    if (type !== FUNCREF) {
      const initialized = { feature: 'gc', name: 'table with an initial value' } as const;
      const use = type === TABLE_WITH_INITIALIZER ? initialized : valueTypeUse(type);
      throw this.foundOrMalformed(at, use, `unknown type of table elements ${type}`);
    }
    this.limits(cursor);
  }

  private limits(cursor: Cursor): void {
    const { at } = cursor;
    const flags = cursor.byte();
    if (flags > 1) throw this.foundOrMalformed(at, limitsUse(flags), `unknown limits flags ${flags}`);
    cursor.u32();
    if (flags === 1) cursor.u32();
  }

  private global(cursor: Cursor): void {
    this.valueType(cursor);
    const { at } = cursor;
    const flags = cursor.byte();
    const shared = { feature: 'threads', name: 'shared global' } as const;
    if (flags > 1) throw this.foundOrMalformed(at, flags < 4 ? shared : undefined, `unknown global flags ${flags}`);
  }

  private element(cursor: Cursor): void {
    const { at } = cursor;
    const flags = cursor.u32();
    if (flags !== 0) throw this.foundOrMalformed(at, elementUse(flags), `unknown element flags ${flags}`);
    this.constant(cursor);
    for (let functions = cursor.u32(); functions > 0; functions -= 1) cursor.u32();
  }

  private data(cursor: Cursor): void {
    const { at } = cursor;
    const flags = cursor.u32();
    if (flags !== 0) throw this.foundOrMalformed(at, dataUse(flags), `unknown data flags ${flags}`);
    this.constant(cursor);
    cursor.take(cursor.u32());
  }

  private functionBody(cursor: Cursor, index: number): void {
    const body = cursor.part(cursor.u32());
    this.body = index;
    for (let groups = body.u32(); groups > 0; groups -= 1) {
      body.u32();
      this.valueType(body);
    }
    this.expression(body);
    if (!body.isAtEnd) throw new MalformedWasm(body.at, 'a function body has trailing bytes');
    this.body = undefined;
  }

  private constant(cursor: Cursor): void {
    this.expression(cursor);
  }

  private expression(cursor: Cursor): void {
    const read = readExpression(this.bytes, cursor.at, cursor.end);
    if (read.kind === 'malformed') throw new MalformedWasm(cursor.at, 'an expression has no end');
    if (read.kind === 'beyond-mvp') {
      throw this.foundOrMalformed(read.at, describeInstruction(this.bytes, read.at), 'unknown block type');
    }
    cursor.at = read.at;
  }

  private valueType(cursor: Cursor): void {
    const { at } = cursor;
    const type = cursor.byte();
    if (!isMvpValueType(type)) throw this.foundOrMalformed(at, valueTypeUse(type), `unknown value type ${type}`);
  }

  private foundOrMalformed(at: number, use: FeatureUse | undefined, damage: string): Error {
    return use ? this.found(at, use) : new MalformedWasm(at, damage);
  }

  private found(offset: number, use: FeatureUse): Found {
    return new Found({ ...use, offset, ...(this.body !== undefined && { body: this.body }) });
  }
}

function tagUse(kind: number, name: string): FeatureUse | undefined {
  return kind === TAG ? { feature: 'exceptions', name } : undefined;
}
