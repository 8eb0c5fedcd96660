import assert from 'node:assert/strict';
import { type CheckState, uncheckedState } from '../../../../../src/editor/model.ts';
import type { TreeNode } from '../../../../../src/editor/views/tree/node.ts';
import { failures, rootNodes } from '../../../../../src/editor/views/tree/runtime-node.ts';
import {
  accepted,
  estimated,
  inspected,
  overBudget,
  overLimit,
  rejected,
  sampleReports,
  undecided,
} from '../../../../support/sample-reports.ts';
import { checked, english, now, running, runningWith, runtime, withStored } from '../samples.ts';

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
  it('shows each figure once, with its limit, its share and its change', () => {
    const text = lines(treeOf(checked(accepted, withStored(accepted, 3_000_000)))).join('\n');
    assert.match(text, /^hydradx-runtime · hydradx v408 \| accepted, near a limit · release$/m);
    assert.match(text, /^ {2}Conclusion \| pass: Validators would accept it, but /m);
    assert.match(text, /^ {2}Vote \| accept$/m);
    assert.match(text, /^ {4}Stored size \| 2\.99 MiB · 99\.7 % of 3\.00 MiB · \+131\.9 KiB \(\+4\.5 %\)$/m);
    assert.match(text, /^ {4}CPU time \| 23\.11 s · 38\.5 % of 60 s$/m);
    assert.match(text, /^ {4}Headroom \| 2\.5×$/m);
    assert.match(text, /^ {4}Artifact \| 63\.95 MiB$/m);
    assert.match(text, /^ {4}Worker \| official 1\.25\.1$/m);
    assert.match(text, /^ {6}compressed \| 3 min ago$/m);
    const figures = text.replace(/^ {4}The blob .*$/gm, '');
    for (const value of ['2.99 MiB', '23.11 s', '63.95 MiB', '379.76 MiB'])
      assert.equal(figures.split(value).length, 2, `${value} once`);
  });

  it('shows the figures of a running preparation with a pending vote, and no conclusion of an earlier build', () => {
    const reason = 'The preparation still runs, so the vote is pending.';
    const interim = { ...inspected, findings: [], conclusion: { status: 'undecided', reason, because: [] } } as const;
    const text = lines(treeOf(runningWith(interim, rejected))).join('\n');
    assert.match(text, /\| Preparing · vote pending · release$/m);
    assert.match(text, /^ {2}Conclusion \| undecided: The preparation still runs/m);
    assert.match(text, /^ {2}Vote \| pending$/m);
    assert.match(text, /^ {4}Stored size \| /m);
    assert.doesNotMatch(text, /reject|pass:/);
  });

  it('groups the rows, and keeps the details closed', () => {
    const node = treeOf(checked(accepted));
    const labels = ['Conclusion', 'Vote', 'Findings', 'Figures', 'Details'];
    assert.deepEqual(
      node.children.map(({ label }) => label),
      labels,
    );
    assert.notEqual(node.children.at(-1)?.isOpen, true);
  });

  it('does not repeat the figure in the row of its budget', () => {
    const text = lines(treeOf(checked(overBudget))).join('\n');
    assert.match(text, /^ {4}Stored size budget \| 103\.1 % of 2\.90 MiB$/m);
  });

  it('shows the size of the blob as long as no figure does', () => {
    assert.match(lines(treeOf(uncheckedState)).join('\n'), /^ {6}compressed \| 2\.99 MiB · 3 min ago$/m);
  });

  it('marks estimates in one way', () => {
    const text = lines(treeOf(checked(estimated))).join('\n');
    assert.match(text, /CPU time \| ≈7\.2 s · ≈12 % of 60 s/);
    assert.doesNotMatch(text, /~|about|estimated/);
  });

  it('does not show a change within the error of an estimate, but says so in the tooltip', () => {
    const { stats } = estimated;
    assert.ok(stats);
    const previous = { ...withStored(estimated, 700_000), stats: { ...stats, cpuTimeMs: 7300 } };
    const row = flat(treeOf(checked(estimated, previous))).find(({ label }) => label === 'CPU time');
    assert.equal(row?.description, '≈7.2 s · ≈12 % of 60 s');
    assert.match(row?.tooltip ?? '', /Change since the previous build: no change within ±15 %/);
  });

  it('shows that a check waits', () => {
    const node = treeOf({ ...uncheckedState, activity: { kind: 'queued' } });
    assert.deepEqual([node.description, node.icon.id, node.context], ['queued · release', 'clock', 'runtime.running']);
  });

  it('quotes the error whole in the tooltip, after the plain sentence', () => {
    const error = 'a plain sentence';
    const report = { ...rejected, conclusion: { ...rejected.conclusion, reason: error } };
    const row = treeOf(checked(report)).children.find(({ label }) => label === 'Conclusion');
    assert.equal(row?.description, `fail: ${error}`);
    assert.match(
      row?.tooltip ?? '',
      /a plain sentence[\s\S]*Prevalidation: Other\("cannot deserialize module: UnknownOpcode\(192\)"\)/,
    );
  });

  const states: readonly (readonly [string, CheckState])[] = [
    ['unchecked', uncheckedState],
    ['running', running({ done: 1, total: 4 })],
    ['failed check', { ...uncheckedState, problem: { message: 'gone', remedy: 'build it' } }],
    ...Object.entries(sampleReports).map(([name, report]) => [name, checked(report)] as const),
  ];
  for (const [name, state] of states) {
    it(`gives each row a unique id, an icon, a tooltip with its full value, and a text for screen readers: ${name}`, () => {
      const all = flat(treeOf(state, { ...runtime, stale: { newer: { ...runtime.blob, variant: 'bloaty' } } }));
      assert.equal(new Set(all.map(({ id }) => id)).size, all.length);
      for (const { label, accessibleLabel, description = '', tooltip, icon, context, markdownTooltip } of all) {
        assert.ok((accessibleLabel ?? label).trim() !== '');
        assert.ok(icon.id !== '');
        assert.ok((markdownTooltip ?? tooltip).trim() !== '', label);
        if (context === 'fact') assert.ok(tooltip.includes('\n') && tooltip !== label, label);
        if (context === 'fact' && accessibleLabel !== undefined) assert.ok(tooltip.includes(description), label);
        assert.doesNotMatch(description, /[█░]/);
      }
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
