import assert from 'node:assert/strict';
import { uncheckedState } from '../../../../src/editor/model.ts';
import { tooltipCommands, tooltipMarkdown } from '../../../../src/editor/views/tooltip.ts';
import { hostile, sampleReports } from '../../../support/sample-reports.ts';
import { checked, english, now, running, runtime } from './samples.ts';

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
    assert.match(
      text,
      /CPU time \| about 7\.2 s of 60 s \(estimated\) \| `█+░+` \| ~12 %|CPU time \| about 7\.2 s of 60 s \(estimated\) \| `█+░+` \| \\~12 %/,
    );
    assert.match(text, /built-in worker/);
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

  it('offers to cancel a running check', () => {
    const text = tooltipMarkdown(runtime, running({ done: 1, total: 2 }), now, english);
    assert.match(text, /command:pvf\.cancel/);
    assert.doesNotMatch(text, /command:pvf\.prepare/);
  });
});
