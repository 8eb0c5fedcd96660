import assert from 'node:assert/strict';
import { costsGroup } from '../../../../../src/editor/views/tree/costs-group.ts';
import { metadataGroup } from '../../../../../src/editor/views/tree/metadata-group.ts';
import type { TreeNode } from '../../../../../src/editor/views/tree/node.ts';
import { sizesGroup } from '../../../../../src/editor/views/tree/sizes-group.ts';
import type { MetadataSummary, Report } from '../../../../../src/model/report.ts';
import { crateNodes, withoutFunctions } from '../../../../../src/model/size-views.ts';
import { accepted } from '../../../../support/sample-reports.ts';
import { sampleSizes } from '../../../../support/sample-views.ts';
import { english } from '../samples.ts';

const runtimeId = '/w/target/release/wbuild/a/a';
const sizes = sampleSizes({ functions: 2000, hasCosts: true });
const costs = {
  compileTimeMs: 1000,
  engineCpuTimeMs: 1100,
  machineCodeBytes: 5_000_000,
  measuredFunctions: 2,
  functions: [
    { name: 'pallet_xcm::pallet::Pallet<T>::send', index: 7, compileTimeMs: 250, machineCodeBytes: 2048, bytes: 900 },
    { index: 8, compileTimeMs: 50, machineCodeBytes: 1024, bytes: 100 },
  ],
};

const flat = (nodes: readonly TreeNode[]): TreeNode[] => nodes.flatMap((node) => [node, ...flat(node.children)]);
const child = (nodes: readonly TreeNode[], label: string) => flat(nodes).find((node) => node.label === label);

describe('sizesGroup', () => {
  const nodes = sizesGroup('x/sizes', runtimeId, { ...accepted, sizes }, english);

  it('lists the ten largest owners and crates, each with its share and its source', () => {
    const crates = child(nodes, 'By Crate')?.children ?? [];
    const [largest] = crateNodes(sizes);
    assert.equal(crates.length, 10);
    assert.equal(crates[0]?.label, largest?.name);
    assert.match(crates[0]?.description ?? '', /^[\d.]+ [KM]iB · [\d.]+ %$/);
    assert.deepEqual(crates[0]?.source, { crate: largest?.name, runtimeId });
    assert.equal(child(nodes, 'By Pallet and Own Crate')?.children.length, 10);
  });

  it('opens the treemap for the rest', () => {
    const row = nodes[0]?.children.at(-1);
    assert.deepEqual(row?.command, { id: 'pvf.showSizes', args: [{ runtimeId }] });
  });

  it('has ids of its own, and keeps a hostile name on one line', () => {
    const tree = {
      ...sizes.tree,
      children: sizes.tree.children.map((section) =>
        section.name === 'code'
          ? { ...section, children: [{ name: 'a\n\u202eb', kind: 'crate', bytes: 9, children: [] } as const] }
          : section,
      ),
    };
    const all = flat(sizesGroup('x', runtimeId, { ...accepted, sizes: { ...sizes, tree } }, english));
    assert.equal(new Set(all.map(({ id }) => id)).size, all.length);
    assert.doesNotMatch(all.map(({ label }) => label).join(''), /[\n\u202e]/);
  });

  it('is empty without sizes, and for a module without code', () => {
    const empty = { ...sizes, codeBytes: 0, owners: [], tree: { ...sizes.tree, children: [] } };
    assert.deepEqual(sizesGroup('x', runtimeId, accepted, english), []);
    assert.deepEqual(sizesGroup('x', runtimeId, { ...accepted, sizes: empty }, english), []);
  });
});

describe('costsGroup', () => {
  const report: Report = { ...accepted, costs, sizes: withoutFunctions(sizes) };

  it('lists the costliest functions with time, share and machine code', () => {
    const [named, nameless] = child(costsGroup('x', runtimeId, report, english), 'By Function')?.children ?? [];
    assert.equal(named?.description, '250 ms · 25.0 % · 2.0 KiB');
    assert.deepEqual(named?.source, { symbol: costs.functions[0]?.name, runtimeId });
    assert.deepEqual([nameless?.label, nameless?.source], ['function 8', undefined]);
  });

  it('lists the costliest crates, also when the tree ends at them', () => {
    const crates = child(costsGroup('x', runtimeId, report, english), 'By Crate')?.children ?? [];
    const times = crateNodes(sizes).map(({ compileTimeMs = 0, name }) => ({ compileTimeMs, name }));
    const [costliest] = times.toSorted((a, b) => b.compileTimeMs - a.compileTimeMs);
    assert.deepEqual([crates.length, crates[0]?.label], [10, costliest?.name]);
  });

  it('has no crates as long as the tree has no costs', () => {
    const plain = { ...report, sizes: sampleSizes({ functions: 100 }) };
    assert.equal(child(costsGroup('x', runtimeId, plain, english), 'By Crate'), undefined);
    assert.deepEqual(costsGroup('x', runtimeId, accepted, english), []);
  });
});

describe('metadataGroup', () => {
  const pallet = { name: 'System', index: 0, calls: 11, storage: 16, events: 9, errors: 8, constants: 6 };
  const metadata: MetadataSummary = { version: 15, types: 900, pallets: [pallet, { ...pallet, name: 'B', index: 1 }] };
  const nodesOf = (summary: MetadataSummary) =>
    metadataGroup('x', { ...accepted, metadata: summary }, undefined, english);

  it('counts what the runtime offers', () => {
    const nodes = nodesOf(metadata);
    assert.equal(child(nodes, 'Calls')?.description, '22');
    assert.equal(child(nodes, 'Metadata version')?.description, '15');
    assert.equal(child(nodes, 'Runtime APIs'), undefined);
  });

  it('groups the changes, the worst first', () => {
    const changes = [
      { kind: 'added', subject: 'event', path: 'B.Sent', class: 'compatible' },
      { kind: 'moved', subject: 'pallet', path: 'B', was: '1', now: '2', class: 'needs-transaction-version' },
    ] as const;
    const node = child(nodesOf({ ...metadata, changes: [...changes] }), 'Changes');
    assert.equal(node?.description, '2');
    assert.deepEqual(
      node?.children.map(({ label, description, children }) => [label, description, children[0]?.label]),
      [
        ['Needs a new transaction_version', '1', 'pallet B moved from 1 to 2'],
        ['Compatible', '1', 'event B.Sent added'],
      ],
    );
    assert.equal(child(nodesOf({ ...metadata, changes: [] }), 'Changes')?.description, 'none');
  });

  it('says why the metadata could not be read', () => {
    const [group] = nodesOf({ problem: 'The runtime did not return its metadata within 60 s.' });
    assert.match(group?.children[0]?.description ?? '', /within 60 s/);
  });
});
