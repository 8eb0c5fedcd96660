import assert from 'node:assert/strict';
import type { SizeNode, Sizes } from '../../src/model/size-tree.ts';

/** Asserts that every sum of a size tree holds. */
export function assertSums({ totalBytes, codeBytes, attributedCodeBytes, ownedCodeBytes, tree, owners }: Sizes): void {
  assert.equal(tree.bytes, totalBytes);
  assertNode(tree);
  const sum = (parts: readonly { readonly bytes: number }[]) => parts.reduce((all, { bytes }) => all + bytes, 0);
  const code = tree.children.find(({ kind, name }) => kind === 'section' && name === 'code');
  assert.equal(code?.bytes ?? 0, codeBytes);
  assert.equal(sum(code?.children.filter(({ kind }) => kind === 'crate') ?? []), attributedCodeBytes);
  assert.equal(sum(owners), codeBytes);
  assert.equal(sum(owners.filter(({ kind }) => kind !== 'unattributed')), ownedCodeBytes);
  assertCosts('owners', tree, owners);
}

interface Cost {
  readonly compileTimeMs?: number;
  readonly machineCodeBytes?: number;
}

/** Times are sums of whole nanoseconds, rounded once each. */
function assertCosts(name: string, whole: Cost, parts: readonly Cost[]): void {
  const sum = (of: (cost: Cost) => number | undefined) => parts.reduce((all, part) => all + (of(part) ?? 0), 0);
  assert.equal(
    sum((cost) => cost.machineCodeBytes),
    whole.machineCodeBytes ?? 0,
    name,
  );
  const time = whole.compileTimeMs ?? 0;
  assert(Math.abs(sum((cost) => cost.compileTimeMs) - time) <= 1e-9 * (1 + time), name);
}

function assertNode(node: SizeNode): void {
  const { name, bytes, functions, children } = node;
  assert(Number.isSafeInteger(bytes) && bytes >= 0, `${name}: ${bytes}`);
  if (children.length === 0) return;
  assert.equal(
    children.reduce((sum, child) => sum + child.bytes, 0),
    bytes,
    name,
  );
  assert.equal(
    children.reduce((sum, child) => sum + (child.functions ?? 0), 0),
    functions ?? 0,
    name,
  );
  assertCosts(name, node, children);
  for (const child of children) assertNode(child);
}
