import assert from 'node:assert/strict';
import { type CheckState, type Runtime, uncheckedState } from '../../../../src/editor/model.ts';
import { lensTexts } from '../../../../src/editor/views/code-lens-text.ts';
import { accepted, estimated, rejected } from '../../../support/sample-reports.ts';
import { checked, english, running, runtime, withStored } from './samples.ts';

const titles = (of: Runtime, state: CheckState, isAlone: boolean) =>
  lensTexts(of, state, isAlone, english).map(({ title, command }) => `${title.replace('\u00a0', ' ')} [${command}]`);

describe('lensTexts', () => {
  it('offers to prepare an unchecked runtime', () => {
    assert.deepEqual(titles(runtime, uncheckedState, true), ['$(play) Prepare PVF [pvf.prepare]']);
  });

  it('shows the last result', () => {
    assert.match(
      titles(runtime, checked(accepted), true)[0] ?? '',
      /^\$\(warning\) PVF accepted, near a limit · 23\.11 s · 99\.7 % of code size · 2\.5× headroom \[pvf.showReport\]$/,
    );
    assert.match(titles(runtime, checked(estimated), true)[0] ?? '', /accepted · ≈/);
    assert.match(titles(runtime, checked(rejected), true)[0] ?? '', /^\$\(error\) PVF rejected/);
  });

  it('shows the change of the stored size', () => {
    const grown = checked(accepted, withStored(accepted, 3_000_000));
    assert.match(titles(runtime, grown, true)[0] ?? '', /headroom · stored size \+4\.5 % since the previous build \[/);
  });

  it('keeps a gap between the icon and the text', () => {
    for (const state of [uncheckedState, running(), checked(accepted), { ...checked(accepted), isCurrent: false }]) {
      for (const { title } of lensTexts(runtime, state, true, english)) assert.match(title, /^\$\([a-z~-]+\)\u00a0\S/);
    }
  });

  it('marks the result of an earlier build and offers to prepare', () => {
    const [result, prepare] = titles(runtime, { ...checked(accepted), isCurrent: false }, true);
    assert.match(result ?? '', /accepted, near a limit \(an earlier build\)/);
    assert.equal(prepare, '$(play) Prepare [pvf.prepare]');
  });

  it('offers to cancel a running check, without its progress', () => {
    const early = titles(runtime, running({ done: 1, total: 10 }), true);
    assert.deepEqual(early, ['$(sync~spin) PVF [pvf.cancel]']);
    assert.deepEqual(titles(runtime, running({ done: 9, total: 10 }), true), early);
  });

  it('shows the profile if a crate has several blobs', () => {
    assert.match(titles(runtime, checked(accepted), false)[0] ?? '', /PVF release accepted/);
  });
});
