/** Describes the content of a runtime blob without a worker. */

import type { CostsSummary } from '../model/report-costs.ts';
import type { Sizes } from '../model/size-tree.ts';
import { readCode } from '../wasm/code-section.ts';
import type { FunctionCosts } from '../wasm/function-costs.ts';
import { type Inspector, openInspector } from '../wasm/inspector.ts';
import { customSection, readModule, type WasmModule } from '../wasm/module.ts';
import type { Export, Import, MemoryType } from '../wasm/types.ts';
import { isParachainRuntime } from './chain-kind.ts';
import { type Compression, decompress, describeCompression } from './compression.ts';
import { summarizeCosts } from './costs/summarize-costs.ts';
import { type ForeseenError, foreseeError } from './foreseen-error.ts';
import { type HostImports, hostImports } from './host-imports.ts';
import { blobKind } from './magic.ts';
import { findNamedPostMvpUse, type NamedPostMvpUse } from './post-mvp-names.ts';
import { decodeRuntimeApis, type RuntimeApi } from './runtime-apis.ts';
import { decodeRuntimeVersion, type RuntimeVersion } from './runtime-version.ts';
import { findSecondRuntime, type SecondRuntime } from './second-runtime.ts';
import { readSizes, type SizesRequest } from './sizes/read-sizes.ts';
import { symbolReader } from './symbols/symbols.ts';

/** Why facts are unknown. None of these is a verdict: the worker may disagree. */
export type RuntimeProblem =
  | { readonly kind: 'bomb'; readonly bombLimit: number }
  /** `at`: offset in the stored blob. */
  | { readonly kind: 'damaged-compression'; readonly reason: string; readonly at: number }
  | { readonly kind: 'not-wasm'; readonly is: 'polkavm' | 'unknown' }
  /** `at`: offset in the decompressed module. */
  | { readonly kind: 'damaged-module'; readonly reason: string; readonly at: number }
  | { readonly kind: 'damaged-runtime-version' };

/** Sizes are in bytes. An absent member is unknown. Plain data, so that threads can exchange it. */
export interface RuntimeFacts extends Partial<HostImports> {
  readonly storedBytes: number;
  readonly rawBytes?: number;
  readonly compression: Compression;
  readonly specName?: string;
  readonly specVersion?: number;
  readonly implVersion?: number;
  /** All fields of the `runtime_version` section. */
  readonly runtimeVersion?: RuntimeVersion;
  /** From the `runtime_apis` section. Runtimes before 2021 do not have it. */
  readonly runtimeApis?: readonly RuntimeApi[];
  /** Functions that the module defines, without imports. */
  readonly functions?: number;
  /** In file order, with the size of the content. Custom sections have their own names. */
  readonly sections?: readonly { readonly name: string; readonly bytes: number }[];
  /** Of every kind. */
  readonly imports?: readonly Import[];
  readonly exports?: readonly Export[];
  /** Is it a parachain's runtime, or that of a relay or solo chain? */
  readonly isParachain?: boolean;
  /** The first memory, imported or defined. */
  readonly memory?: MemoryType & { readonly imported: boolean };
  /** Index of the start function in the function index space. */
  readonly startFunction?: number;
  /** Where the module first uses a feature that validators' parser does not know. */
  readonly postMvp?: NamedPostMvpUse;
  /** What each part costs. Absent unless requested, and for a damaged module. */
  readonly sizes?: Sizes;
  /** The blob holds more than one runtime. */
  readonly secondRuntime?: SecondRuntime;
  /** The error that every worker ends with. */
  readonly foreseenError?: ForeseenError;
  /** Of a preparation, if the inspection was given its costs. */
  readonly costs?: CostsSummary;
  /** The first problem. */
  readonly problem?: RuntimeProblem;
}

export interface InspectOptions {
  /** Absent: the facts have no sizes. */
  readonly sizes?: SizesRequest | undefined;
  /** Of the preparation of this blob. The facts have their summary, and the parts of the sizes have theirs. */
  readonly costs?: FunctionCosts | undefined;
}

/**
 * Never fails because of the blob. Leaves out unreadable facts; `problem` says why.
 * @param bombLimit bytes after decompression
 * @param options `costs`: of the preparation of this blob
 */
export async function inspect(
  stored: Uint8Array,
  bombLimit: number,
  { sizes, costs }: InspectOptions = {},
): Promise<RuntimeFacts> {
  // Loads while the blob is decompressed.
  const opening = openInspector();
  opening.catch(() => {});
  const outside = { storedBytes: stored.length, compression: describeCompression(stored) };
  const decompressed = await decompress(stored, bombLimit);
  switch (decompressed.kind) {
    case 'bomb':
      return { ...outside, problem: { kind: 'bomb', bombLimit } };
    case 'damaged': {
      const { reason, at } = decompressed;
      return { ...outside, problem: { kind: 'damaged-compression', reason, at } };
    }
    case 'ok': {
      const { raw } = decompressed;
      return { ...outside, rawBytes: raw.length, ...(await inspectRaw(raw, { sizes, costs }, await opening)) };
    }
  }
}

async function inspectRaw(
  raw: Uint8Array,
  { sizes: request, costs }: InspectOptions,
  inspector: Inspector,
): Promise<Partial<RuntimeFacts>> {
  const kind = blobKind(raw);
  if (kind !== 'wasm') return { problem: { kind: 'not-wasm', is: kind === 'polkavm' ? 'polkavm' : 'unknown' } };
  const module = readModule(raw);
  const section = customSection(raw, module.sections, 'runtime_version');
  const version = section && decodeRuntimeVersion(section);
  const problem = problemOf(module, section !== undefined && !version);
  const symbols = symbolReader(inspector);
  const code = readCode(raw, module.sections, inspector);
  const postMvp = await findNamedPostMvpUse(raw, module.sections, code);
  const sizes = request && readSizes({ bytes: raw, module, symbols, code, costs, request });
  const foreseenError = foreseeError(raw, module, postMvp);
  const secondRuntime = findSecondRuntime(raw, module);
  const apis = customSection(raw, module.sections, 'runtime_apis');
  const runtimeApis = apis && decodeRuntimeApis(apis, module.exports);
  const costsSummary = costs && summarizeCosts(raw, module, symbols, costs);
  return {
    ...moduleFacts(module),
    ...(secondRuntime && { secondRuntime }),
    ...(postMvp && { postMvp }),
    ...(foreseenError && { foreseenError }),
    ...(costsSummary && { costs: costsSummary }),
    ...(version && versionFacts(version)),
    ...(sizes && { sizes }),
    ...(runtimeApis && { runtimeApis }),
    ...(problem && { problem }),
  };
}

function problemOf({ problem }: WasmModule, isVersionDamaged: boolean): RuntimeProblem | undefined {
  if (problem) return { kind: 'damaged-module', ...problem };
  return isVersionDamaged ? { kind: 'damaged-runtime-version' } : undefined;
}

function versionFacts(version: RuntimeVersion): Partial<RuntimeFacts> {
  const { specName, specVersion, implVersion } = version;
  return { specName, specVersion, implVersion, runtimeVersion: version };
}

/** A damaged module may have lost any section, so what it seems to have none of is unknown. */
function moduleFacts(module: WasmModule): Partial<RuntimeFacts> {
  const { imports, exports, functionTypes, startFunction } = module;
  const isKnown = ({ length }: readonly unknown[]) => length > 0 || !module.problem;
  const memory = firstMemory(module);
  const isParachain = isParachainRuntime(exports);
  return {
    sections: module.sections.map(({ name, bytes }) => ({ name, bytes })),
    ...(isKnown(functionTypes) && { functions: functionTypes.length }),
    ...(isKnown(imports) && { imports, ...hostImports(imports) }),
    ...(isKnown(exports) && { exports }),
    ...(isParachain !== undefined && { isParachain }),
    ...(memory && { memory }),
    ...(startFunction !== undefined && { startFunction }),
  };
}

function firstMemory({ imports, memories }: WasmModule): RuntimeFacts['memory'] {
  const imported = imports.find(({ kind }) => kind === 'memory')?.memory;
  if (imported) return { ...imported, imported: true };
  const [own] = memories;
  return own && { ...own, imported: false };
}
