/** Finds where a module first uses a feature that is later than the first version of WebAssembly (MVP). */
import type { CallRecorder } from './call-recorder.ts';
import { Cursor } from './cursor.ts';
import type { FeatureUse } from './features.ts';
import { functionName } from './function-names.ts';
import { readMvpSection, type UseInModule } from './mvp-reader.ts';
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
 * @param calls records what the function bodies before the use call, so that nothing need read the code once more
 */
export function findPostMvpUse(
  module: Uint8Array,
  sections: readonly Section[],
  calls?: CallRecorder,
): PostMvpUse | undefined {
  const first = firstUse(module, sections, calls);
  if (first === undefined) return undefined;
  const { body, ...use } = first;
  const inFunction = functionOf(module, sections, body === undefined ? firstUseInCode(module, sections) : first);
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
  calls: CallRecorder | undefined,
): UseInModule | undefined {
  let last = -1;
  for (const section of sections) {
    if (section.id === sectionId('custom')) continue;
    const place = order.findIndex((name) => sectionId(name) === section.id);
    // Polkadot's parser stops at a section that is out of order or there twice.
    if (place <= last) return undefined;
    last = place;
    const end = readMvpSection(module, section, calls);
    if (end.kind !== 'complete') return end.kind === 'later-feature' ? end.use : undefined;
  }
  return undefined;
}

function firstUseInCode(module: Uint8Array, sections: readonly Section[]): UseInModule | undefined {
  const code = sections.find(({ id }) => id === sectionId('code'));
  const end = code && readMvpSection(module, code);
  return end?.kind === 'later-feature' ? end.use : undefined;
}

function functionOf(module: Uint8Array, sections: readonly Section[], use: UseInModule | undefined) {
  const imported = importedFunctions(module, sections);
  if (use?.body === undefined || imported === undefined) return undefined;
  const { feature, name, offset, body } = use;
  const index = imported + body;
  const named = functionName(module, sections, index);
  const place: FunctionPlace = { index, ...(named !== undefined && { functionName: named }), name, offset };
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
