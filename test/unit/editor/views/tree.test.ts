import assert from 'node:assert/strict';
import type { CheckState } from '../../../../src/editor/model.ts';
import { untouched } from '../../../../src/editor/model.ts';
import type { TreeNode } from '../../../../src/editor/views/tree/node.ts';
import { failures, rootNodes } from '../../../../src/editor/views/tree/root-nodes.ts';
import { accepted, estimated, overLimit, rejected, sampleReports, undecided } from '../../../support/sample-reports.ts';
import { known, now, running, runtime, withStored } from './samples.ts';
import { english } from './translate.ts';

function treeOf(state: CheckState, of = runtime): TreeNode {
  const [node] = rootNodes([{ runtime: of, state }], now, english);
  assert.ok(node);
  return node;
}

function lines(node: TreeNode, indent = ''): string[] {
  return [
    `${indent}${node.label}${node.description === undefined ? '' : ` | ${node.description}`}`,
    ...node.children.flatMap((child) => lines(child, `${indent}  `)),
  ];
}

const flat = (node: TreeNode): TreeNode[] => [node, ...node.children.flatMap(flat)];

describe('the tree of runtimes', () => {
  it('shows the last result, and what changed since the one before', () => {
    const text = lines(treeOf(known(accepted, withStored(accepted, 3_000_000)))).join('\n');
    assert.match(text, /^hydradx 408 \| accepted, near a limit · release$/m);
    assert.match(text, /^ {4}Stored \| 2\.99 MiB {2}\+131\.9 KiB \(\+4\.5 %\)$/m);
    assert.match(text, /^ {4}CPU time \| 38\.5 % █+░+ 23\.11 s of 60 s$/m);
    assert.match(text, /^ {4}Artifact \| 63\.95 MiB$/m);
    assert.match(text, /^ {2}Worker \| official 1\.25\.1$/m);
    assert.match(text, /^ {4}compressed \| 2\.99 MiB · 3 min ago$/m);
  });

  it('calls an estimate one', () => {
    assert.match(lines(treeOf(known(estimated))).join('\n'), /CPU time \| about 7\.2 s \(estimated\)/);
  });

  for (const [name, report] of Object.entries(sampleReports)) {
    it(`has an id of its own for each item, and something to say of it: ${name}`, () => {
      const all = flat(treeOf(known(report)));
      assert.equal(new Set(all.map(({ id }) => id)).size, all.length);
      for (const { label, spoken, description } of all) assert.ok((spoken ?? label ?? description).trim() !== '');
    });
  }

  it('opens the findings of a rejected runtime and links each to its explanation', () => {
    const findings = treeOf(known(rejected)).children.find(({ label }) => label === 'Findings');
    assert.equal(findings?.isOpen, true);
    assert.deepEqual(findings?.children[0]?.command, { id: 'pvf.explain', args: ['opcode-sign-extension'] });
  });

  it('spins while a check runs', () => {
    const node = treeOf(running({ done: 1, total: 4 }));
    assert.equal(node.icon?.id, 'sync~spin');
    assert.equal(node.context, 'runtime.running');
  });

  it('puts the runtimes of several folders below their folders', () => {
    const other = { ...runtime, id: '/other/x', workspaceFolder: '/other' };
    const { workspaceFolder: _, ...picked } = { ...runtime, id: '/x' };
    const nodes = rootNodes(
      [runtime, other, picked].map((one) => ({ runtime: one, state: untouched })),
      now,
      english,
    );
    assert.deepEqual(
      nodes.map(({ label, children }) => [label, children.length]),
      [
        ['chain', 1],
        ['other', 1],
        ['Picked files', 1],
      ],
    );
  });

  it('warns of a blob that is older than the file beside it', () => {
    const stale = { ...runtime, stale: { newer: { ...runtime.blob, variant: 'bloaty' as const } } };
    assert.match(
      lines(treeOf(untouched, stale)).join('\n'),
      /The blob may be old \| the bloaty file beside it is newer/,
    );
  });

  it('counts for the badge what would not pass, and not what failed here', () => {
    const states = [accepted, rejected, overLimit, undecided].map((report) => known(report));
    assert.equal(failures(states.map((state) => ({ runtime, state }))), 2);
    assert.equal(failures([{ runtime, state: { ...known(rejected), isCurrent: false } }]), 0);
  });
});
