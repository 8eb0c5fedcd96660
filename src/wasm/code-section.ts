/** Reads all function bodies of a module: what they call, and the first use of a later feature. */
import { valueTypeUse } from './features.ts';
import type { Inspector } from './inspector.ts';
import { describeInstruction } from './instructions.ts';
import type { SectionEnd } from './mvp-reader.ts';
import { type Section, sectionId } from './sections.ts';

/** What function bodies call. A runtime has half a million calls, so no objects. */
export interface Calls {
  /** The bodies whose calls are known: all before the first damage of the section. */
  readonly bodies: number;
  /** Where the calls of each body end in `calls`. They begin where those of the body before end. */
  readonly ends: Uint32Array;
  /** Twice the index of the called function; twice the index of the type and one more for an indirect call. */
  readonly calls: Uint32Array;
}

export interface CodeReading {
  /** How the section reads for a parser of the MVP. */
  readonly end: SectionEnd;
  /** Calls behind damage or an unknown instruction of a body are not among them. */
  readonly calls: Calls;
}

/** Words in front of the others: the verdict, its offset and its body, and the number of bodies. */
const HEADER = 4;
const COMPLETE = 0;
const MALFORMED = 1;
const AT_INSTRUCTION = 2;

/** Undefined without a code section. Throws a RangeError for want of memory. */
export function readCode(
  module: Uint8Array,
  sections: readonly Section[],
  inspector: Inspector,
): CodeReading | undefined {
  const section = sections.find(({ id }) => id === sectionId('code'));
  if (section === undefined) return undefined;
  const words = inspector.readCode(module, section.start, section.start + section.bytes);
  const [verdict = MALFORMED, offset = 0, body = 0, bodies = 0] = words.subarray(0, HEADER);
  return {
    end: endOf(module, verdict, offset, body),
    calls: {
      bodies,
      ends: words.slice(HEADER, HEADER + bodies),
      calls: words.slice(HEADER + bodies),
    },
  };
}

function endOf(module: Uint8Array, verdict: number, offset: number, body: number): SectionEnd {
  if (verdict === COMPLETE) return { kind: 'complete' };
  if (verdict === MALFORMED) return { kind: 'malformed' };
  const use = verdict === AT_INSTRUCTION ? describeInstruction(module, offset) : valueTypeUse(module[offset] ?? 0);
  // No proposal has that, so it is damage.
  return use ? { kind: 'later-feature', use: { ...use, offset, body } } : { kind: 'malformed' };
}
