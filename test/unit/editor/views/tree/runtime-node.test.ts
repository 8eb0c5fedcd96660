import assert from 'node:assert/strict';
import { type CheckState, uncheckedState } from '../../../../../src/editor/model.ts';
import type { TreeNode } from '../../../../../src/editor/views/tree/node.ts';
import { failures, rootNodes } from '../../../../../src/editor/views/tree/runtime-node.ts';
import {
  accepted,
  estimated,
  overLimit,
  rejected,
  sampleReports,
  undecided,
} from '../../../../support/sample-reports.ts';
import { checked, english, now, running, runtime, withStored } from '../samples.ts';

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

describe('rootNodes', () => {
  it('shows the last result and its difference from the previous one', () => {
    const text = lines(treeOf(checked(accepted, withStored(accepted, 3_000_000)))).join('\n');
    assert.match(text, /^hydradx 408 \| accepted, near a limit · release$/m);
    assert.match(text, /^ {4}Stored \| 2\.99 MiB {2}\+131\.9 KiB \(\+4\.5 %\)$/m);
    assert.match(text, /^ {4}CPU time \| 38\.5 % █+░+ 23\.11 s of 60 s$/m);
    assert.match(text, /^ {4}Artifact \| 63\.95 MiB$/m);
    assert.match(text, /^ {2}Worker \| official 1\.25\.1$/m);
    assert.match(text, /^ {4}compressed \| 2\.99 MiB · 3 min ago$/m);
  });

  it('marks estimates', () => {
    assert.match(lines(treeOf(checked(estimated))).join('\n'), /CPU time \| about 7\.2 s \(estimated\)/);
  });

  for (const [name, report] of Object.entries(sampleReports)) {
    it(`gives each item a unique id and a accessibleLabel text: ${name}`, () => {
      const all = flat(treeOf(checked(report)));
      assert.equal(new Set(all.map(({ id }) => id)).size, all.length);
      for (const { label, accessibleLabel, description } of all)
        assert.ok((accessibleLabel ?? label ?? description).trim() !== '');
    });
  }

  it('expands the findings of a rejected runtime and links each to its explanation', () => {
    const findings = treeOf(checked(rejected)).children.find(({ label }) => label === 'Findings');
    assert.equal(findings?.isOpen, true);
    assert.deepEqual(findings?.children[0]?.command, { id: 'pvf.explain', args: ['opcode-sign-extension'] });
  });

  it('shows a spinner during a check', () => {
    const node = treeOf(running({ done: 1, total: 4 }));
    assert.equal(node.icon?.id, 'sync~spin');
    assert.equal(node.context, 'runtime.running');
  });

  it('groups the runtimes of several folders', () => {
    const other = { ...runtime, id: '/other/x', workspaceFolder: '/other' };
    const { workspaceFolder: _, ...picked } = { ...runtime, id: '/x' };
    const nodes = rootNodes(
      [runtime, other, picked].map((one) => ({ runtime: one, state: uncheckedState })),
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

  it('says why a runtime is checked on request only', () => {
    const rows = [
      [{ build: { profile: 'debug', kind: 'development' } }, 'development build'],
      [{ isParachain: false }, 'not a parachain runtime'],
      [{ choice: 'excluded' }, 'excluded'],
    ] as const;
    for (const [more, text] of rows) {
      assert.equal(treeOf(uncheckedState, { ...runtime, ...more }).description, `${text} · release`);
      assert.equal(treeOf(checked(rejected), { ...runtime, ...more }).description, `rejected · ${text} · release`);
      assert.equal(failures([{ runtime: { ...runtime, ...more }, state: checked(rejected) }]), 0);
    }
    const included = { ...runtime, isParachain: false, choice: 'included' } as const;
    assert.equal(treeOf(uncheckedState, included).description, 'not checked yet · release');
    assert.equal(failures([{ runtime: included, state: checked(rejected) }]), 1);
  });

  it('warns if the blob is older than another file of the build', () => {
    const stale = { ...runtime, stale: { newer: { ...runtime.blob, variant: 'bloaty' as const } } };
    assert.match(
      lines(treeOf(uncheckedState, stale)).join('\n'),
      /The blob may be outdated \| another file of the build is newer \(uncompressed, unoptimised\)/,
    );
  });
});

describe('failures', () => {
  it('counts runtimes that would not pass, but not local failures', () => {
    const states = [accepted, rejected, overLimit, undecided].map((report) => checked(report));
    assert.equal(failures(states.map((state) => ({ runtime, state }))), 2);
    assert.equal(failures([{ runtime, state: { ...checked(rejected), isCurrent: false } }]), 0);
  });
});
