import assert from 'node:assert/strict';
import { uncheckedState } from '../../../../src/editor/model.ts';
import { tooltipCommands, tooltipMarkdown } from '../../../../src/editor/views/tooltip.ts';
import { hostile, sampleReports } from '../../../support/sample-reports.ts';
import { known, now, running, runtime } from './samples.ts';
import { english } from './translate.ts';

const linksIn = (text: string) => Array.from(text.matchAll(/\]\(([^)]*)\)/g), ([, target = '']) => target);

describe('the tooltip of the status bar', () => {
  for (const [name, report] of Object.entries(sampleReports)) {
    it(`links to our own commands alone: ${name}`, () => {
      const links = linksIn(tooltipMarkdown(runtime, known(report), now, english));
      assert.ok(links.length >= 4);
      const known_: readonly string[] = tooltipCommands;
      for (const link of links) assert.ok(known_.includes(/^command:([\w.]+)/.exec(link)?.[1] ?? ''), link);
    });
  }

  it('shows head-room bars and calls an estimate one', () => {
    const text = tooltipMarkdown(runtime, known(sampleReports.estimated), now, english);
    assert.match(
      text,
      /CPU time \| about 7\.2 s of 60 s \(estimated\) \| `█+░+` \| ~12 %|CPU time \| about 7\.2 s of 60 s \(estimated\) \| `█+░+` \| \\~12 %/,
    );
    assert.match(text, /built-in worker/);
  });

  it('lets no text of a runtime make a link or an icon', () => {
    const text = tooltipMarkdown(runtime, known(hostile), now, english);
    assert.doesNotMatch(text.replace(/`[^`]*`/g, ''), /(?<!\\)<script/);
  });

  it('gives the runtime to the commands, whatever its path', () => {
    const odd = { ...runtime, id: '/a (b)/"c"/d' };
    const link = linksIn(tooltipMarkdown(odd, uncheckedState, now, english)).find((one) =>
      one.startsWith('command:pvf.prepare'),
    );
    assert.deepEqual(JSON.parse(decodeURIComponent(link?.split('?')[1] ?? '')), [{ runtimeId: odd.id }]);
  });

  it('offers to cancel what runs', () => {
    const text = tooltipMarkdown(runtime, running({ done: 1, total: 2 }), now, english);
    assert.match(text, /command:pvf\.cancel/);
    assert.doesNotMatch(text, /command:pvf\.prepare/);
  });
});
