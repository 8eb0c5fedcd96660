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
    if (!stats.isFile()) throw new Error('not a regular file');
  };

  it('returns the file and its size', async () => {
    const file = path.join(folder, 'a');
    writeFileSync(file, 'text');
    const { handle, stats } = await openRegularFile(file, requireFile);
    await using _handle = handle;
    assert.equal(stats.size, 4n);
    assert.equal((await handle.readFile()).toString(), 'text');
  });

  it('rejects a FIFO without waiting', async function () {
    if (process.platform === 'win32') this.skip();
    const fifo = path.join(folder, 'fifo');
    execFileSync('mkfifo', [fifo]);
    await assert.rejects(openRegularFile(fifo, requireFile), /not a regular file/);
  });

  it('closes the file when the check after opening fails', async function () {
    if (process.platform !== 'linux') this.skip();
    const file = path.join(folder, 'replaced');
    writeFileSync(file, '');
    let calls = 0;
    const rejectOpened = () => {
      calls++;
      if (calls === 2) throw new Error('replaced');
    };
    await assert.rejects(openRegularFile(file, rejectOpened), /replaced/);
    const opened = readdirSync('/proc/self/fd').map((fd) => {
      try {
        return readlinkSync(`/proc/self/fd/${fd}`);
      } catch {
        return '';
      }
    });
    assert.ok(!opened.includes(file));
  });

  it("rejects with the system's error for a missing file", async () => {
    await assert.rejects(openRegularFile(path.join(folder, 'none'), requireFile), { code: 'ENOENT' });
  });
});
