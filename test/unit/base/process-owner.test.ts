import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { ownerIsGone, ownerTag } from '../../../src/base/process-owner.ts';

describe('the owner of a folder', () => {
  const [place, pid, started] = ownerTag().split('-');
  const { pid: ended } = spawnSync(process.execPath, ['--version']);

  const rows: readonly (readonly [what: string, tag: string, isGone: boolean])[] = [
    ['this process', ownerTag(), false],
    ['a process that has ended', `${place}-${ended}-${started}`, true],
    ['a process of another machine', `00000000-${ended}-${started}`, false],
    ['a folder without a tag', '', false],
    ['a folder with another name', `${ownerTag()}-x`, false],
  ];
  for (const [what, tag, isGone] of rows) {
    it(`${isGone ? 'is gone' : 'may be alive'}: ${what}`, () => assert.equal(ownerIsGone(tag), isGone));
  }

  it('is gone when another process has its number', function () {
    if (process.platform !== 'linux') this.skip();
    assert.equal(ownerIsGone(`${place}-${pid}-1`), true);
  });
});
