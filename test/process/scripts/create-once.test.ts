import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createOnce } from '../../../scripts/provision/create-once.ts';
import { ExitGuard } from '../../../src/base/exit-guard.ts';

describe('createOnce', () => {
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

  /** Writes a file with the given name, then waits. */
  const writer =
    (name: string, wait: Promise<void> = Promise.resolve()) =>
    async (partial: string) => {
      writeFileSync(path.join(partial, 'written-by'), name);
      await wait;
    };
  const writtenBy = () => readFileSync(path.join(folder, 'written-by'), 'utf8');

  it('creates the folder once', async () => {
    assert.equal(await createOnce(folder, writer('first'), guard), folder);
    await createOnce(folder, () => assert.fail('created it again'), guard);
    assert.equal(writtenBy(), 'first');
    assert.deepEqual(readdirSync(parent), ['rig']);
  });

  it('leaves one complete folder when two calls run at the same time', async () => {
    let resolve = () => {};
    const promise = new Promise<void>((done) => {
      resolve = done;
    });
    const slow = createOnce(folder, writer('slow', promise), guard);
    await createOnce(folder, writer('quick'), guard);
    resolve();
    assert.equal(await slow, folder);
    assert.equal(writtenBy(), 'quick');
    assert.deepEqual(readdirSync(parent), ['rig']);
  });

  it('leaves nothing after a failure', async () => {
    const failing = createOnce(folder, () => Promise.reject(new Error('no space')), guard);
    await assert.rejects(failing, /no space/);
    assert.deepEqual(readdirSync(parent), []);
  });

  it('replaces a folder without a stamp', async () => {
    mkdirSync(folder);
    writeFileSync(path.join(folder, 'half'), '');
    await createOnce(folder, writer('whole'), guard);
    assert.equal(writtenBy(), 'whole');
    assert.ok(!existsSync(path.join(folder, 'half')));
  });

  it('removes the leftovers of a dead process and keeps those of a living one', async () => {
    const { pid: gone } = spawnSync(process.execPath, ['--version']);
    mkdirSync(path.join(parent, `partial-${gone}-x`));
    mkdirSync(path.join(parent, `partial-${process.pid}-y`));
    await createOnce(folder, writer('first'), guard);
    assert.deepEqual(readdirSync(parent).sort(), [`partial-${process.pid}-y`, 'rig']);
  });
});
