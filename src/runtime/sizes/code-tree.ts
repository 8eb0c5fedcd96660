/** What each crate, module and function takes of the code section. */
import type { SizeNode } from '../../model/size-tree.ts';
import type { FunctionCosts } from '../../wasm/function-costs.ts';
import { type CostSum, CostSums } from '../costs/cost-sums.ts';
import type { FunctionSymbol } from '../symbols/symbols.ts';
import { type FunctionSymbols, UNNAMED } from './function-symbols.ts';
import { TreeNode } from './tree-node.ts';

/** Sizes of functions by their index in the function index space. Zero for imported ones. */
export type FunctionSizes = Uint32Array;

/** Deeper modules are one node, so that a made name can't nest without end. */
const MAX_DEPTH = 16;

export interface CodeTree {
  readonly node: SizeNode;
  /** Bytes of functions whose crate is known. */
  readonly attributedBytes: number;
}

/**
 * @param bytes content of the code section
 * @param imported functions that the module does not define
 * @param depth to the crates alone there are few nodes
 * @param costs of the functions of this module
 */
export function codeTree(
  bytes: number,
  imported: number,
  sizes: FunctionSizes,
  { symbols, ofFunction }: FunctionSymbols,
  depth: 'crates' | 'functions',
  costs: FunctionCosts | undefined,
): CodeTree {
  const code = new TreeNode('code', 'section');
  const bySymbol = new Float64Array(symbols.length);
  const counts = new Uint32Array(symbols.length);
  // Functions without a name come last.
  const sums = costs && new CostSums(costs, symbols.length + 1);
  const unnamed = { bytes: 0, functions: 0 };
  let functionBytes = 0;
  for (let index = imported; index < sizes.length; index += 1) {
    const size = sizes[index] as number;
    const symbol = ofFunction[index] as number;
    functionBytes += size;
    sums?.add(symbol === UNNAMED ? symbols.length : symbol, index);
    if (symbol === UNNAMED) {
      unnamed.bytes += size;
      unnamed.functions += 1;
      continue;
    }
    bySymbol[symbol] = (bySymbol[symbol] as number) + size;
    counts[symbol] = (counts[symbol] as number) + 1;
  }
  let attributedBytes = 0;
  for (const [place, symbol] of symbols.entries()) {
    const size = bySymbol[place] as number;
    const count = counts[place] as number;
    // Imported functions have names, too.
    if (count === 0) continue;
    if (symbol.crate !== undefined) attributedBytes += size;
    const crate = crateNode(code, symbol);
    const cost = sums?.of(place);
    code.add(size, count, cost);
    crate.add(size, count, cost);
    if (depth === 'functions') addBelow(crate, symbol, size, count, cost);
  }
  if (unnamed.functions > 0) {
    const parent = code.child('unattributed', 'unattributed');
    const cost = sums?.of(symbols.length);
    code.add(unnamed.bytes, unnamed.functions, cost);
    parent.add(unnamed.bytes, unnamed.functions, cost);
    if (depth === 'functions')
      parent.child('functions without a name', 'function').add(unnamed.bytes, unnamed.functions, cost);
  }
  const header = bytes - functionBytes;
  code.add(header, 0);
  code.child('header', 'header').add(header, 0);
  return { node: code.finished(), attributedBytes };
}

function crateNode(code: TreeNode, { crate }: FunctionSymbol): TreeNode {
  return crate === undefined ? code.child('unattributed', 'unattributed') : code.child(crate, 'crate');
}

function addBelow(
  crate: TreeNode,
  { path, item }: FunctionSymbol,
  bytes: number,
  functions: number,
  cost: CostSum | undefined,
): void {
  let node = crate;
  for (let depth = 0; depth < path.length; depth += 1) {
    const isDeepest = depth === MAX_DEPTH - 1;
    node = node.child(isDeepest ? path.slice(depth).join('::') : (path[depth] as string), 'module');
    node.add(bytes, functions, cost);
    if (isDeepest) break;
  }
  node.child(item, 'function').add(bytes, functions, cost);
}
