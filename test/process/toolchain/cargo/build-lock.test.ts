import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import path from 'node:path';
import { type LockTimes, takeBuildLock } from '../../../../src/toolchain/cargo/build-lock.ts';

const times: LockTimes = { heartbeatMs: 20, staleMs: 400, pollMs: 10 };
const never = new AbortController().signal;

describe('takeBuildLock', () => {
  let folder: string;
  let file: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'pvf-lock-'));
    file = path.join(folder, 'one.lock');
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('grants the lock to one holder at a time, in turn', async () => {
    let inside = 0;
    let most = 0;
    const visit = async () => {
      await using lock = await takeBuildLock(file, () => {}, never, times);
      inside++;
      most = Math.max(most, inside);
      await new Promise((resolve) => setTimeout(resolve, 15));
      assert.ok(await lock.isHeld());
      inside--;
    };
    await Promise.all(Array.from({ length: 8 }, visit));
    assert.equal(most, 1);
    assert.deepEqual(await readdir(folder), []);
  });

  it('respects a living holder beyond the stale time', async () => {
    const first = await takeBuildLock(file, () => {}, never, { ...times, staleMs: 200 });
    const stop = new AbortController();
    let looks = 0;
    const second = takeBuildLock(
      file,
      ({ pid }) => {
        assert.equal(pid, process.pid);
        // 60 polls, at least 10 ms apart, are three times the stale time.
        if (++looks === 60) stop.abort(new Error('waited enough'));
      },
      stop.signal,
      { ...times, staleMs: 200 },
    );
    await assert.rejects(second, /waited enough/);
    assert.ok(await first.isHeld());
    await first[Symbol.asyncDispose]();
  });

  it('takes over the lock of a dead process of this machine immediately', async () => {
    const { pid } = spawnSync(process.execPath, ['-e', '']);
    await writeFile(file, JSON.stringify({ token: 'old', pid, host: hostname() }));
    let looks = 0;
    await using lock = await takeBuildLock(file, () => looks++, never, { ...times, staleMs: 60_000 });
    assert.ok(await lock.isHeld());
    assert.equal(looks, 0);
  });

  it('takes over the lock of another machine, or a damaged lock, after the stale time', async () => {
    for (const text of [JSON.stringify({ token: 'old', pid: 1, host: 'elsewhere' }), '{"tok']) {
      await writeFile(file, text);
      let looks = 0;
      await using lock = await takeBuildLock(file, () => looks++, never, times);
      assert.ok(await lock.isHeld());
      assert.ok(looks > 0);
    }
  });

  it('detects a takeover and does not remove the new lock', async () => {
    const lock = await takeBuildLock(file, () => {}, never, times);
    await writeFile(file, JSON.stringify({ token: 'new', pid: process.pid, host: hostname() }));
    assert.equal(await lock.isHeld(), false);
    await lock[Symbol.asyncDispose]();
    assert.equal(JSON.parse(await readFile(file, 'utf8')).token, 'new');
  });
});
