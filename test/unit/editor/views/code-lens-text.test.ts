import assert from 'node:assert/strict';
import { type CheckState, type Runtime, uncheckedState } from '../../../../src/editor/model.ts';
import { lensTexts } from '../../../../src/editor/views/code-lens-text.ts';
import { accepted, estimated, rejected } from '../../../support/sample-reports.ts';
import { known, running, runtime } from './samples.ts';
import { english } from './translate.ts';

const titles = (of: Runtime, state: CheckState, isAlone: boolean) =>
  lensTexts(of, state, isAlone, english).map(({ title, command }) => `${title} [${command}]`);

describe('the code lens of a runtime', () => {
  it('offers to prepare what nobody has checked', () => {
    assert.deepEqual(titles(runtime, uncheckedState, true), ['$(play) Prepare PVF [pvf.prepare]']);
  });

  it('shows the last result', () => {
    assert.match(
      titles(runtime, known(accepted), true)[0] ?? '',
      /^\$\(pass\) PVF accepted, near a limit · \d+ s · .* \[pvf.showReport\]$/,
    );
    assert.match(titles(runtime, known(estimated), true)[0] ?? '', /accepted · ≈/);
    assert.match(titles(runtime, known(rejected), true)[0] ?? '', /^\$\(error\) PVF rejected/);
  });

  it('says when it is of an earlier build, and offers to prepare the present one', () => {
    const [result, prepare] = titles(runtime, { ...known(accepted), isCurrent: false }, true);
    assert.match(result ?? '', /accepted, near a limit \(an earlier build\)/);
    assert.equal(prepare, '$(play) Prepare [pvf.prepare]');
  });

  it('can be cancelled while a check runs, and does not change with its progress', () => {
    const early = titles(runtime, running({ done: 1, total: 10 }), true);
    assert.deepEqual(early, ['$(sync~spin) PVF [pvf.cancel]']);
    assert.deepEqual(titles(runtime, running({ done: 9, total: 10 }), true), early);
  });

  it('names the profile where a crate has several blobs', () => {
    assert.match(titles(runtime, known(accepted), false)[0] ?? '', /PVF release accepted/);
  });
});
