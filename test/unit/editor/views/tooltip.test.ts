import assert from 'node:assert/strict';
import { uncheckedState } from '../../../../src/editor/model.ts';
import { allTooltipMarkdown, tooltipCommands, tooltipMarkdown } from '../../../../src/editor/views/tooltip.ts';
import { hostile, sampleReports } from '../../../support/sample-reports.ts';
import { checked, english, now, running, runningWith, runtime, withStored } from './samples.ts';

const linksIn = (text: string) => Array.from(text.matchAll(/(?<!\\)\]\(([^)]*)\)/g), ([, target = '']) => target);

describe('tooltipMarkdown', () => {
  for (const [name, report] of Object.entries(sampleReports)) {
    it(`links only to commands of the extension: ${name}`, () => {
      const links = linksIn(tooltipMarkdown(runtime, checked(report), now, english));
      assert.ok(links.length >= 4);
      const allowed: readonly string[] = tooltipCommands;
      for (const link of links) assert.ok(allowed.includes(/^command:([\w.]+)/.exec(link)?.[1] ?? ''), link);
    });
  }

  it('shows bars for the limits and marks estimates', () => {
    const text = tooltipMarkdown(runtime, checked(sampleReports.estimated), now, english);
    assert.match(text, /CPU time \| ≈7\.2 s of 60 s \| `█+░+` \| ≈12 %/);
    assert.match(text, /worker: built-in 1\.25\.1/);
  });

  it('shows the change since the previous build', () => {
    const state = checked(sampleReports.accepted, withStored(sampleReports.accepted, 3_000_000));
    assert.match(tooltipMarkdown(runtime, state, now, english), /Since the previous build: stored size \+131\.9 KiB/);
    const first = checked(sampleReports.accepted);
    assert.doesNotMatch(tooltipMarkdown(runtime, first, now, english), /previous build/);
  });

  it('says that the vote of a running preparation is pending', () => {
    const state = runningWith({ ...sampleReports.inspected, findings: [] }, sampleReports.rejected);
    const text = tooltipMarkdown(runtime, state, now, english);
    assert.match(text, /Preparing/);
    assert.match(text, /vote pending/);
    assert.doesNotMatch(text, /rejected|not prepared\./);
  });

  it('says that an inspected runtime is not prepared, and how to prepare it', () => {
    const text = (name: 'inspected' | 'accepted') =>
      tooltipMarkdown(runtime, checked(sampleReports[name]), now, english);
    assert.match(text('inspected'), /not prepared\. Click \$\(play\)/);
    assert.doesNotMatch(text('accepted'), /not prepared/);
  });

  it('escapes links and icons in texts of a runtime', () => {
    const text = tooltipMarkdown(runtime, checked(hostile), now, english);
    assert.doesNotMatch(text.replace(/`[^`]*`/g, ''), /(?<!\\)<script/);
  });

  it('passes the runtime to the commands, even with a special path', () => {
    const odd = { ...runtime, id: '/a (b)/"c"/d' };
    const link = linksIn(tooltipMarkdown(odd, uncheckedState, now, english)).find((one) =>
      one.startsWith('command:pvf.prepare'),
    );
    assert.deepEqual(JSON.parse(decodeURIComponent(link?.split('?')[1] ?? '')), [{ runtimeId: odd.id }]);
  });

  it('lists all runtimes with links', () => {
    const other = { ...runtime, id: '/other', name: 'shell-runtime' };
    const entries = [
      { runtime, state: checked(sampleReports.rejected) },
      { runtime: other, state: uncheckedState },
    ];
    const [first = '', second = '', limits = '', ...rest] = allTooltipMarkdown(entries, now, english).split('\n\n');
    assert.match(first, /^\$\(error\) \*\*hydradx-runtime · robonomics v43\*\*: rejected .*command:pvf\.showReport/);
    assert.match(second, /^\$\(circle-outline\) \*\*shell-runtime\*\*: not checked yet .*command:pvf\.prepare/);
    assert.match(limits, /^\[\$\(law\) Limits\]\(command:pvf\.selectProfile\?.* read \S+/);
    assert.deepEqual(rest, []);
  });

  it('offers to cancel a running check', () => {
    const text = tooltipMarkdown(runtime, running({ done: 1, total: 2 }), now, english);
    assert.match(text, /command:pvf\.cancel/);
    assert.doesNotMatch(text, /command:pvf\.prepare/);
  });
});
