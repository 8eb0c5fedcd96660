/** What each part of a module costs, and for whom. */
import { dominatorTree } from '../../base/dominators.ts';
import type { CodeOwner, Sizes } from '../../model/size-tree.ts';
import { callGraph } from '../../wasm/call-graph.ts';
import type { CodeReading } from '../../wasm/code-section.ts';
import { readContents } from '../../wasm/contents.ts';
import type { FunctionBodies } from '../../wasm/function-bodies.ts';
import type { FunctionCosts } from '../../wasm/function-costs.ts';
import type { WasmModule } from '../../wasm/module.ts';
import { sectionId } from '../../wasm/sections.ts';
import { CostSums, costMembers, costsFit } from '../costs/cost-sums.ts';
import type { SymbolReader } from '../symbols/symbols.ts';
import { codeTree, type FunctionSizes } from './code-tree.ts';
import { functionSymbols } from './function-symbols.ts';
import { UNOWNED } from './owner-table.ts';
import { findOwners, type Owners } from './owners.ts';
import { recompress } from './recompress.ts';
import { keptBy, largestRetained } from './retained.ts';
import { sizeTree } from './size-tree.ts';
import { largestFirst } from './tree-node.ts';

export interface SizesInput {
  readonly bytes: Uint8Array;
  readonly module: WasmModule;
  readonly symbols: SymbolReader;
  /** Of `readCode`. */
  readonly code: CodeReading | undefined;
  /** Of the preparation of this module. Those of another one add nothing. */
  readonly costs?: FunctionCosts | undefined;
  readonly request: SizesRequest;
}

/** What to read about the sizes. Plain data, so that threads can exchange it. */
export interface SizesRequest {
  /** How deep the tree goes. */
  readonly depth: 'crates' | 'functions';
  /** How many retained sizes of owners and of functions to give. */
  readonly retained?: number;
  /** The name of a function, crate or pallet: says what keeps it. */
  readonly why?: string;
  /** Measures what the strongest compression would save. Takes seconds. */
  readonly recompress?: boolean;
}

/**
 * Undefined for a module that is damaged outside of its names: no sum would be sure. Never throws because of the module.
 */
export function readSizes(input: SizesInput): Sizes | undefined {
  const { bytes, module, symbols, code: reading, request } = input;
  const contents = readContents(bytes, module);
  if (module.problem || contents.problem) return undefined;
  const { importedFunctions: imported, bodies } = contents;
  const totalBytes = bytes.length;
  const recompression = request.recompress ? recompress(bytes, module.sections, contents.names?.section) : undefined;
  const details = recompression && { recompression };
  const section = module.sections.find(({ id }) => id === sectionId('code'));
  if (!section || !bodies || !reading) {
    const tree = sizeTree(totalBytes, module.sections, contents, undefined);
    return { totalBytes, codeBytes: 0, attributedCodeBytes: 0, ownedCodeBytes: 0, tree, owners: [], ...details };
  }
  const codeBytes = section.bytes;
  const sizes = functionSizes(bodies, imported);
  const costs = input.costs && costsFit(input.costs, imported, bodies.count) ? input.costs : undefined;
  const named = functionSymbols(bytes, contents, sizes.length, symbols);
  const code = codeTree(codeBytes, imported, sizes, named, request.depth, costs);
  const graph = callGraph(module, contents, reading.calls);
  const dominators = dominatorTree(graph, graph.host);
  const owners = findOwners(named, graph, dominators);
  const table = { sizes, named, graph, tree: dominators, owners };
  const byOwner = codeOwners(codeBytes, imported, sizes, owners, costs);
  return {
    totalBytes,
    codeBytes,
    attributedCodeBytes: code.attributedBytes,
    ownedCodeBytes: byOwner.reduce((sum, { kind, bytes }) => (kind === 'unattributed' ? sum : sum + bytes), 0),
    tree: sizeTree(totalBytes, module.sections, contents, code.node),
    owners: byOwner,
    ...(request.retained !== undefined && { retained: largestRetained(table, request.retained) }),
    ...(request.why !== undefined && { keptBy: keptBy(table, request.why) }),
    ...details,
  };
}

function functionSizes({ count, entries }: FunctionBodies, imported: number): FunctionSizes {
  const sizes = new Uint32Array(imported + count);
  for (let body = 0; body < count; body += 1) {
    sizes[imported + body] = (entries[body + 1] as number) - (entries[body] as number);
  }
  return sizes;
}

function codeOwners(
  codeBytes: number,
  imported: number,
  sizes: FunctionSizes,
  { owners, ofFunction }: Owners,
  costs: FunctionCosts | undefined,
): readonly CodeOwner[] {
  const bytes = new Float64Array(owners.length);
  const functions = new Uint32Array(owners.length);
  const rest = { bytes: codeBytes, functions: 0 };
  // Functions without an owner come last.
  const sums = costs && new CostSums(costs, owners.length + 1);
  const costOf = (group: number) => sums && costMembers(sums.of(group));
  for (let index = imported; index < sizes.length; index += 1) {
    const owner = ofFunction[index] as number;
    const size = sizes[index] as number;
    sums?.add(owner === UNOWNED ? owners.length : owner, index);
    if (owner === UNOWNED) {
      rest.functions += 1;
      continue;
    }
    rest.bytes -= size;
    bytes[owner] = (bytes[owner] as number) + size;
    functions[owner] = (functions[owner] as number) + 1;
  }
  const known = owners.map(({ name, kind }, place): CodeOwner => {
    return { name, kind, bytes: bytes[place] ?? 0, functions: functions[place] ?? 0, ...costOf(place) };
  });
  const shown = known.filter((owner) => owner.functions > 0);
  if (rest.bytes > 0) shown.push({ name: 'unattributed', kind: 'unattributed', ...rest, ...costOf(owners.length) });
  return largestFirst(shown);
}
