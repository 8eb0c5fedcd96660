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
}

function assertNode({ name, bytes, functions, children }: SizeNode): void {
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
  for (const child of children) assertNode(child);
}
