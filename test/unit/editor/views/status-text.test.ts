import assert from 'node:assert/strict';
import { untouched } from '../../../../src/editor/model.ts';
import { plainStatus, statusLine, statusText } from '../../../../src/editor/views/status-text.ts';
import { accepted, estimated, inspected, overLimit, rejected, undecided } from '../../../support/sample-reports.ts';
import { known, now, running, runtime } from './samples.ts';
import { english } from './translate.ts';

describe('the status bar item', () => {
  const cases = [
    ['not checked', untouched, '$(circle-outline) PVF', 'none'],
    ['accepted', known(accepted), '$(pass) PVF 23 s · 64 MiB', 'none'],
    ['accepted by an estimate', known(estimated), '$(pass) PVF ≈7.2 s · 18 MiB', 'none'],
    ['rejected', known(rejected), '$(error) PVF rejected', 'error'],
    ['over a limit', known(overLimit), '$(warning) PVF 23 s · 64 MiB', 'warning'],
    ['undecided', known(undecided), '$(question) PVF undecided', 'warning'],
    ['inspected', { ...known({ ...inspected, findings: [] }) }, '$(search) PVF 1.6 MiB', 'none'],
    ['of an earlier build', { ...known(rejected), isCurrent: false }, '$(error) PVF rejected $(history)', 'none'],
    ['running', running(), '$(sync~spin) PVF', 'none'],
    ['half done', running({ done: 500, total: 1000 }), '$(sync~spin) PVF 50 %', 'none'],
    ['running by the clock', running({ expectedMs: 16_000 }), '$(sync~spin) PVF 25 %', 'none'],
    ['later than expected', running({ expectedMs: 1000 }), '$(sync~spin) PVF 99 %', 'none'],
    ['a failure of ours', { ...untouched, problem: { message: 'gone' } }, '$(warning) PVF', 'warning'],
  ] as const;
  for (const [name, state, text, background] of cases) {
    it(`shows ${name}`, () => {
      const status = statusText(runtime, state, now, english);
      assert.equal(statusLine(status), text);
      assert.equal(status.background, background);
      assert.doesNotMatch(status.spoken, /\$\(/);
    });
  }

  it('leaves the icon out for the language status, which has a spinner of its own', () => {
    const plain = (state: Parameters<typeof statusText>[1]) => plainStatus(statusText(runtime, state, now, english));
    assert.equal(plain(running()), 'PVF');
    assert.equal(plain(running({ done: 500, total: 1000 })), 'PVF 50 %');
  });

  it('says aloud what the colour shows', () => {
    assert.equal(statusText(runtime, known(rejected), now, english).spoken, 'PVF, robonomics 43: rejected');
  });
});
