import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { madeOnce } from '../../../scripts/vscode-rig/made-once.ts';
import { ExitGuard } from '../../../src/base/exit-guard.ts';

describe('a folder that is made once', () => {
  let parent = '';
  let folder = '';
  let guard: ExitGuard;
  beforeEach(() => {
    parent = mkdtempSync(path.join(tmpdir(), 'pvf-once-'));
    folder = path.join(parent, 'rig');
    guard = new ExitGuard();
  });
  afterEach(() => {
    guard[Symbol.dispose]();
    rmSync(parent, { recursive: true, force: true });
  });

  /** A maker that writes its name, when it may go on. */
  const maker =
    (name: string, goOn: Promise<void> = Promise.resolve()) =>
    async (partial: string) => {
      writeFileSync(path.join(partial, 'made-by'), name);
      await goOn;
    };
  const madeBy = () => readFileSync(path.join(folder, 'made-by'), 'utf8');

  it('is made when it is not there, and then not again', async () => {
    assert.equal(await madeOnce(folder, maker('first'), guard), folder);
    await madeOnce(folder, () => assert.fail('it was there'), guard);
    assert.equal(madeBy(), 'first');
    assert.deepEqual(readdirSync(parent), ['rig']);
  });

  it('is whole after two at a time, and nothing else is left', async () => {
    let resolve = () => {};
    const promise = new Promise<void>((done) => {
      resolve = done;
    });
    const slow = madeOnce(folder, maker('slow', promise), guard);
    await madeOnce(folder, maker('quick'), guard);
    resolve();
    assert.equal(await slow, folder);
    assert.equal(madeBy(), 'quick');
    assert.deepEqual(readdirSync(parent), ['rig']);
  });

  it('is not there after a failure', async () => {
    const failing = madeOnce(folder, () => Promise.reject(new Error('no space')), guard);
    await assert.rejects(failing, /no space/);
    assert.deepEqual(readdirSync(parent), []);
  });

  it('is made anew where it stands without its stamp', async () => {
    mkdirSync(folder);
    writeFileSync(path.join(folder, 'half'), '');
    await madeOnce(folder, maker('whole'), guard);
    assert.equal(madeBy(), 'whole');
    assert.ok(!existsSync(path.join(folder, 'half')));
  });

  it('clears away what a killed process has left, and not what a living one makes', async () => {
    const { pid: gone } = spawnSync(process.execPath, ['--version']);
    mkdirSync(path.join(parent, `partial-${gone}-x`));
    mkdirSync(path.join(parent, `partial-${process.pid}-y`));
    await madeOnce(folder, maker('first'), guard);
    assert.deepEqual(readdirSync(parent).sort(), [`partial-${process.pid}-y`, 'rig']);
  });
});
