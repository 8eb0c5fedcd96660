import assert from 'node:assert/strict';
import { changeOf, growthBetween, sizeChanges } from '../../../src/model/size-change.ts';
import type { CodeOwner, SizeNode, SizeNodeKind, Sizes } from '../../../src/model/size-tree.ts';

function leaf(kind: SizeNodeKind, name: string, bytes: number): SizeNode {
  return { kind, name, bytes, children: [] };
}

function node(kind: SizeNodeKind, name: string, ...children: SizeNode[]): SizeNode {
  return { kind, name, bytes: children.reduce((sum, { bytes }) => sum + bytes, 0), children };
}

/** A module with these children of its code section, and a data section. */
function sizesOf(code: readonly SizeNode[], owners: readonly CodeOwner[] = []): Sizes {
  const section = node('section', 'code', leaf('header', 'header', 3), ...code);
  const tree = node('file', 'module', section, node('section', 'data', leaf('segment', 'code', 7)));
  return {
    totalBytes: tree.bytes,
    codeBytes: section.bytes,
    attributedCodeBytes: section.bytes - 3,
    ownedCodeBytes: 0,
    tree,
    owners,
  };
}

describe('sizeChanges', () => {
  it('lists what grew, shrank, came and went, the largest change first, and nothing that stayed', () => {
    const older = [
      { name: 'same', bytes: 5 },
      { name: 'grew', bytes: 5 },
      { name: 'shrank', bytes: 100 },
      { name: 'gone', bytes: 3 },
    ];
    const newer = [
      { name: 'same', bytes: 5 },
      { name: 'grew', bytes: 7 },
      { name: 'shrank', bytes: 10 },
      { name: 'new', bytes: 4 },
    ];
    const changes = sizeChanges(older, newer);
    assert.deepEqual(
      changes.map((change) => [change.name, changeOf(change)]),
      [
        ['shrank', -90],
        ['new', 4],
        ['gone', -3],
        ['grew', 2],
      ],
    );
  });

  it('orders equal changes by name, so that two runs give the same list', () => {
    const newer = ['b', 'c', 'a'].map((name) => ({ name, bytes: 1 }));
    assert.deepEqual(
      sizeChanges([], newer).map(({ name }) => name),
      ['a', 'b', 'c'],
    );
  });

  it('adds up parts with the same name', () => {
    const halves = [4, 6].map((bytes) => ({ name: 'f', bytes }));
    assert.deepEqual(sizeChanges(halves, [{ name: 'f', bytes: 10 }]), []);
    assert.deepEqual(sizeChanges([], halves), [{ name: 'f', was: 0, now: 10 }]);
  });

  it('knows names that objects have by themselves', () => {
    assert.deepEqual(sizeChanges([], [{ name: '__proto__', bytes: 2 }]), [{ name: '__proto__', was: 0, now: 2 }]);
    assert.deepEqual(sizeChanges([{ name: 'constructor', bytes: 2 }], [{ name: 'constructor', bytes: 2 }]), []);
  });
});

describe('growthBetween', () => {
  const balances = (transfer: number) =>
    node(
      'crate',
      'pallet_balances',
      node('module', 'pallet', leaf('function', 'transfer', transfer), leaf('function', 'burn', 20)),
      leaf('function', 'burn', 5),
    );

  it('compares functions by their full paths', () => {
    const { functions, crates, sameFunctions } = growthBetween(sizesOf([balances(10)]), sizesOf([balances(14)]));
    assert.deepEqual(functions, [{ name: 'pallet_balances::pallet::transfer', was: 10, now: 14 }]);
    assert.deepEqual(crates, [{ name: 'pallet_balances', was: 35, now: 39 }]);
    assert.equal(sameFunctions, 2);
  });

  it('lists a function that moved to another crate at both places', () => {
    const older = sizesOf([node('crate', 'a', leaf('function', 'f', 10))]);
    const newer = sizesOf([node('crate', 'b', leaf('function', 'f', 10))]);
    const { functions, sameFunctions } = growthBetween(older, newer);
    assert.deepEqual(functions, [
      { name: 'a::f', was: 10, now: 0 },
      { name: 'b::f', was: 0, now: 10 },
    ]);
    assert.equal(sameFunctions, 0);
  });

  it('counts code without a crate, but not the header and no other section', () => {
    const unattributed = (bytes: number) => node('unattributed', 'unattributed', leaf('function', 'memcpy', bytes));
    const { crates, functions } = growthBetween(sizesOf([unattributed(8)]), sizesOf([unattributed(9)]));
    assert.deepEqual(crates, [{ name: 'unattributed', was: 8, now: 9 }]);
    assert.deepEqual(functions, [{ name: 'unattributed::memcpy', was: 8, now: 9 }]);
  });

  it('says nothing of functions when one tree ends at its crates', () => {
    const crates = sizesOf([leaf('crate', 'pallet_balances', 39)]);
    const growth = growthBetween(sizesOf([balances(10)]), crates);
    assert.deepEqual(growth.functions, []);
    assert.equal(growth.sameFunctions, 0);
    assert.deepEqual(growth.crates, [{ name: 'pallet_balances', was: 35, now: 39 }]);
  });

  it('compares the owners of generic code', () => {
    const owner = (bytes: number): CodeOwner => ({ name: 'pallet_xcm', kind: 'pallet', bytes, functions: 1 });
    const { owners } = growthBetween(sizesOf([], [owner(100)]), sizesOf([], [owner(90)]));
    assert.deepEqual(owners, [{ name: 'pallet_xcm', was: 100, now: 90 }]);
  });

  it('takes a tree as deep as names of functions can be', () => {
    let deep = leaf('function', 'f', 1);
    for (let depth = 0; depth < 20_000; depth += 1) deep = { kind: 'module', name: 'm', bytes: 1, children: [deep] };
    const sizes = sizesOf([{ kind: 'crate', name: 'a', bytes: 1, children: [deep] }]);
    assert.equal(growthBetween(sizes, sizes).sameFunctions, 1);
  });
});
