import { oneLine } from '../../../report/terminal.ts';
import { fact, type TreeNode } from './node.ts';

/** A crate with a value. Its inline action opens its source. */
export function crateRow(id: string, runtimeId: string, crate: string, value: string, about: string): TreeNode {
  return codeRow(id, crate, value, about, { crate, runtimeId });
}

/** @param symbol demangled */
export function functionRow(id: string, runtimeId: string, symbol: string, value: string, about: string): TreeNode {
  return codeRow(id, symbol, value, about, { symbol, runtimeId });
}

function codeRow(
  id: string,
  name: string,
  value: string,
  about: string,
  source: TreeNode['source'] & object,
): TreeNode {
  return fact(id, oneLine(name), value, about, {
    icon: { id: 'symbol-class' },
    context: 'code',
    source,
    command: { id: 'pvf.openSource', args: [source] },
  });
}
