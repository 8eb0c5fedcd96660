import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import type { BigIntStats } from 'node:fs';
import { mkdtempSync, readdirSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openRegularFile } from '../../../src/base/open-regular-file.ts';

describe('openRegularFile', () => {
  let folder = '';
  before(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'pvf-open-'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  const requireFile = (stats: BigIntStats) => {
    if (!stats.isFile()) throw new Error('no regular file');
  };

  it('opens a file with its size', async () => {
    const file = path.join(folder, 'a');
    writeFileSync(file, 'text');
    const { handle, stats } = await openRegularFile(file, requireFile);
    await using _handle = handle;
    assert.equal(stats.size, 4n);
    assert.equal((await handle.readFile()).toString(), 'text');
  });

  it('refuses a FIFO without waiting for it', async function () {
    if (process.platform === 'win32') this.skip();
    const fifo = path.join(folder, 'fifo');
    execFileSync('mkfifo', [fifo]);
    await assert.rejects(openRegularFile(fifo, requireFile), /no regular file/);
  });

  it('closes a file that was replaced by an unwanted one before it was opened', async function () {
    if (process.platform !== 'linux') this.skip();
    const file = path.join(folder, 'replaced');
    writeFileSync(file, '');
    let calls = 0;
    const refuseOpened = () => {
      calls++;
      if (calls === 2) throw new Error('replaced');
    };
    await assert.rejects(openRegularFile(file, refuseOpened), /replaced/);
    const opened = readdirSync('/proc/self/fd').map((fd) => {
      try {
        return readlinkSync(`/proc/self/fd/${fd}`);
      } catch {
        return '';
      }
    });
    assert.ok(!opened.includes(file));
  });

  it("rejects with the system's error for an absent file", async () => {
    await assert.rejects(openRegularFile(path.join(folder, 'none'), requireFile), { code: 'ENOENT' });
  });
});
