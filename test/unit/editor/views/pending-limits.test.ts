import assert from 'node:assert/strict';
import { conclusionHover } from '../../../../src/editor/views/hover-text.ts';
import { pendingLines, pendingOf } from '../../../../src/editor/views/pending-limits.ts';
import { tooltipMarkdown } from '../../../../src/editor/views/tooltip.ts';
import type { TreeNode } from '../../../../src/editor/views/tree/node.ts';
import { rootNodes } from '../../../../src/editor/views/tree/runtime-node.ts';
import { figuresOf } from '../../../../src/model/figures.ts';
import { limitItem } from '../../../../src/model/limit-item.ts';
import type { Report } from '../../../../src/model/report.ts';
import { accepted } from '../../../support/sample-reports.ts';
import { checked, english, now, runtime } from './samples.ts';

const MIB = 1024 * 1024;

/** The report with scheduled code sizes. */
function withPending(
  ...limits: readonly { readonly size: number; readonly fromSession?: number; readonly vote?: 'reject' }[]
): Report {
  const pending = limits.map(({ size, fromSession, vote }) => ({
    items: accepted.limits.items.flatMap((item) =>
      item.id === 'code-size' ? limitItem('code-size', item.used, size) : [item],
    ),
    ...(fromSession !== undefined && { fromSession }),
    ...(vote && { vote }),
  }));
  return { ...accepted, limits: { ...accepted.limits, pending } };
}

const raised = withPending({ size: 5 * MIB, fromSession: 12_345 });
const lowered = withPending({ size: 2 * MIB, fromSession: 12_345, vote: 'reject' });

function find(nodes: readonly TreeNode[], label: RegExp): TreeNode | undefined {
  for (const node of nodes) {
    const found = label.test(node.label) ? node : find(node.children, label);
    if (found !== undefined) return found;
  }
  return undefined;
}

const tree = (report: Report) => rootNodes([{ runtime, state: checked(report) }], now, english);

describe('scheduled limits', () => {
  it('are those of figures whose limit changes', () => {
    const changing = figuresOf(raised).filter((figure) => pendingOf(figure, raised).length > 0);
    assert.deepEqual(
      changing.map(({ id }) => id),
      ['stored-bytes'],
    );
    assert.deepEqual(pendingLines(raised, english), [
      'Stored size, from session 12 345: 2.99 MiB of 5.00 MiB (59.8 %), within the limit',
    ]);
    assert.deepEqual(pendingLines(accepted, english), []);
  });

  it('are listed once if the next change keeps them', () => {
    const twice = withPending({ size: 5 * MIB, fromSession: 1 }, { size: 5 * MIB, fromSession: 2 });
    assert.equal(pendingLines(twice, english).length, 1);
  });

  it('tell the vote if it changes', () => {
    assert.equal(pendingLines(lowered, english).at(-1), 'Vote, from session 12 345: reject');
    assert.match(find(tree(lowered), /^Vote, from session 12 345: reject$/)?.tooltip ?? '', /scheduled/);
    assert.equal(find(tree(raised), /^Vote, /), undefined);
  });

  it('are rows below their figure, with the headroom and the source in the tooltip', () => {
    const row = find(tree(raised), /^From session 12 345$/);
    assert.equal(row?.description, '59.8 % of 5.00 MiB');
    assert.match(row.tooltip, /within the limit, 2\.0\d MiB left/);
    assert.match(row.tooltip, /max_code_size/);
    assert.match(row.tooltip, new RegExp(raised.limits.profile));
    const over = find(tree(lowered), /^From session 12 345$/);
    assert.equal(over?.icon.id, 'error');
  });

  it('without a session are only scheduled', () => {
    assert.match(pendingLines(withPending({ size: 5 * MIB }), english)[0] ?? '', /^Stored size, scheduled: /);
  });

  it('stand in the tooltip and in the hover', () => {
    assert.match(tooltipMarkdown(runtime, checked(raised), now, english), /from session 12 345/);
    assert.match(conclusionHover(runtime, checked(raised), english) ?? '', /from session 12 345/);
  });
});

describe('the profile', () => {
  it('stands below the figures, with its age, source and block', () => {
    const block = { number: 42, hash: `0x${'ab'.repeat(32)}` };
    const row = find(tree({ ...accepted, limits: { ...accepted.limits, block } }), /^Limits$/);
    assert.equal(row?.context, 'limits');
    assert.equal(row.command?.id, 'pvf.selectProfile');
    assert.match(row.description ?? '', /^\S+ · (yesterday|\d+ days ago|today)$/);
    assert.match(row.tooltip, /Block 42: 0xabab/);
    assert.match(row.tooltip, /polkadot-primitives/);
  });

  it('is in the tooltip, with a link to the picker', () => {
    const text = tooltipMarkdown(runtime, checked(accepted), now, english);
    assert.match(text, /\[\$\(law\) Limits\]\(command:pvf\.selectProfile\?/);
    assert.match(text, /read (yesterday|\d+ days ago|today): /);
    assert.doesNotMatch(text, /refreshLimits/);
  });

  it('can be refreshed from the tooltip when it was read from a chain long ago', () => {
    const limits = { ...accepted.limits, date: '2026-09-01', block: { number: 42, hash: `0x${'ab'.repeat(32)}` } };
    assert.match(
      tooltipMarkdown(runtime, checked({ ...accepted, limits }), now, english),
      /command:pvf\.refreshLimits/,
    );
  });
});
