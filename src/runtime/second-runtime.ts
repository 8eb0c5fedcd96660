/** Looks for a second runtime in the same blob. */
import { equalBytes } from '../base/bytes.ts';
import type { WasmModule } from '../wasm/module.ts';
import { contentOf, HEADER_BYTES, sectionId, WASM_MAGIC } from '../wasm/sections.ts';
import { decodeRuntimeApis } from './runtime-apis.ts';
import { decodeRuntimeVersions, type RuntimeVersion } from './runtime-version.ts';

/** What shows it. At least one member is set. */
export interface SecondRuntime {
  /** All versions of the sections `runtime_version`, if there are several. */
  readonly versions?: readonly RuntimeVersion[];
  /** The section `runtime_apis` has the API `Core` more than once. */
  readonly repeatsCore?: true;
  /** Names that the module exports more than once. No compiler accepts that. */
  readonly repeatedExports?: readonly string[];
  /** Offset of a second module behind the first. */
  readonly moduleAt?: number;
}

/** An error lists no more. */
const MAX_NAMES = 20;

/** A hostile blob may have a million. */
const MAX_SECTIONS = 16;

export function findSecondRuntime(raw: Uint8Array, module: WasmModule): SecondRuntime | undefined {
  const found: SecondRuntime = {
    ...versionsOf(raw, module),
    ...apisOf(raw, module),
    ...exportsOf(module),
    ...moduleBehind(raw, module),
  };
  return Object.keys(found).length === 0 ? undefined : found;
}

/** The linker puts the sections of all crates behind each other. */
function versionsOf(raw: Uint8Array, module: WasmModule): SecondRuntime {
  const versions = customSections(raw, module, 'runtime_version').flatMap(decodeRuntimeVersions);
  return versions.length > 1 ? { versions } : {};
}

function apisOf(raw: Uint8Array, module: WasmModule): SecondRuntime {
  const apis = customSections(raw, module, 'runtime_apis').flatMap(
    (section) => decodeRuntimeApis(section, module.exports) ?? [],
  );
  return apis.filter(({ name }) => name === 'Core').length > 1 ? { repeatsCore: true } : {};
}

function exportsOf({ exports }: WasmModule): SecondRuntime {
  const seen = new Set<string>();
  const repeated = new Set<string>();
  for (const { name } of exports) (seen.has(name) ? repeated : seen).add(name);
  return repeated.size > 0 ? { repeatedExports: [...repeated].slice(0, MAX_NAMES) } : {};
}

/** Two files were concatenated. */
function moduleBehind(raw: Uint8Array, { sections, problem }: WasmModule): SecondRuntime {
  const last = sections.at(-1);
  const at = last ? last.start + last.bytes : HEADER_BYTES;
  if (!problem || at === 0 || !equalBytes(raw.subarray(at, at + WASM_MAGIC.length), WASM_MAGIC)) return {};
  return { moduleAt: at };
}

function customSections(raw: Uint8Array, { sections }: WasmModule, wanted: string): Uint8Array[] {
  const found = sections.filter(({ id, name }) => id === sectionId('custom') && name === wanted);
  return found.slice(0, MAX_SECTIONS).map((section) => contentOf(raw, section));
}
