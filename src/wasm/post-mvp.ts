/** Finds where a module first uses a feature that is later than the first version of WebAssembly (MVP). */
import type { CodeReading } from './code-section.ts';
import { Cursor } from './cursor.ts';
import type { FeatureUse } from './features.ts';
import { readMvpSection, type SectionEnd, type UseInModule } from './mvp-reader.ts';
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
  /** What the function has: an instruction or the type of a local. */
  readonly name: string;
  /** Offset in the module. */
  readonly offset: number;
}

/**
 * Returns undefined when there is no such use before the module ends or its first damage. Never throws.
 * @param sections of `readSections`
 * @param code of `readCode`
 */
export function findPostMvpUse(
  module: Uint8Array,
  sections: readonly Section[],
  code: CodeReading | undefined,
): PostMvpUse | undefined {
  const first = firstUse(module, sections, code);
  if (first === undefined) return undefined;
  const { body, ...use } = first;
  const inFunction = functionOf(module, sections, body === undefined ? useIn(code?.end) : first);
  return { ...use, ...(inFunction?.feature === use.feature && { inFunction: inFunction.place }) };
}

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

function firstUse(
  module: Uint8Array,
  sections: readonly Section[],
  code: CodeReading | undefined,
): UseInModule | undefined {
  let last = -1;
  for (const section of sections) {
    if (section.id === sectionId('custom')) continue;
    const place = order.findIndex((name) => sectionId(name) === section.id);
    // Polkadot's parser stops at a section that is out of order or there twice.
    if (place <= last) return undefined;
    last = place;
    const end = section.id === sectionId('code') && code ? code.end : readMvpSection(module, section);
    if (end.kind !== 'complete') return useIn(end);
  }
  return undefined;
}

function useIn(end: SectionEnd | undefined): UseInModule | undefined {
  return end?.kind === 'later-feature' ? end.use : undefined;
}

function functionOf(module: Uint8Array, sections: readonly Section[], use: UseInModule | undefined) {
  const imported = importedFunctions(module, sections);
  if (use?.body === undefined || imported === undefined) return undefined;
  const { feature, name, offset, body } = use;
  const index = imported + body;
  const place: FunctionPlace = { index, name, offset };
  return { feature, place };
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
