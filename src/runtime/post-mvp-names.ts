/** Names the function in which a module first uses a later feature of WebAssembly. */
import type { CodeReading } from '../wasm/code-section.ts';
import { functionName } from '../wasm/function-names.ts';
import { type FunctionPlace, findPostMvpUse, type PostMvpUse } from '../wasm/post-mvp.ts';
import type { Section } from '../wasm/sections.ts';
import { readableName } from './symbols/symbols.ts';

/** Plain data, so that threads can exchange it. */
export interface NamedPostMvpUse extends Omit<PostMvpUse, 'inFunction'> {
  readonly inFunction?: FunctionPlace & {
    /** Demangled. Absent without a `name` section. */
    readonly functionName?: string;
  };
}

/** As `findPostMvpUse`. Rejects when the demangler's file is missing. */
export async function findNamedPostMvpUse(
  module: Uint8Array,
  sections: readonly Section[],
  code: CodeReading | undefined,
): Promise<NamedPostMvpUse | undefined> {
  const use = findPostMvpUse(module, sections, code);
  if (use?.inFunction === undefined) return use;
  const raw = functionName(module, sections, use.inFunction.index);
  return raw === undefined ? use : { ...use, inFunction: { ...use.inFunction, functionName: await readableName(raw) } };
}
