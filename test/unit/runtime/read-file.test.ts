import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, symlinkSync, truncateSync } from 'node:fs';
import { appendFile, readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { platform } from 'node:process';
import type { InputProblemId } from '../../../src/model/input-problem.ts';
import { InputError } from '../../../src/runtime/input-error.ts';
import { readFileSafely } from '../../../src/runtime/read-file.ts';
import { useTempFolder } from './temp-folder.ts';

const MIB = 1024 * 1024;

async function rejectsWith(code: InputProblemId, path: string, cause: RegExp, maxFileBytes?: number): Promise<void> {
  const reading = readFileSafely(path, maxFileBytes === undefined ? {} : { maxFileBytes });
  await assert.rejects(reading, (error) => {
    assert.ok(error instanceof InputError);
    assert.equal(error.code, code);
    assert.equal(error.path, path);
    assert.ok(error.message.startsWith(`${path}: `), error.message);
    assert.match(error.message, cause);
    assert.match(error.message, /\.$/);
    assert.match(error.remedy, /^[A-Z].*\.$/);
    return true;
  });
}

describe('readFileSafely', () => {
  const folder = useTempFolder();

  it('returns the bytes of a file and its state', async () => {
    const path = folder.write('a.wasm', 'some bytes');
    const { bytes, state } = await readFileSafely(path);
    assert.equal(new TextDecoder().decode(bytes), 'some bytes');
    assert.equal(state.bytes, 10);
  });

  it('follows a symbolic link', async () => {
    folder.write('a.wasm', 'some bytes');
    symlinkSync('a.wasm', folder.path('link.wasm'));
    assert.equal((await readFileSafely(folder.path('link.wasm'))).bytes.length, 10);
  });

  it('rejects a missing file', async () => {
    await rejectsWith('missing', folder.path('none.wasm'), /does not exist/);
    folder.write('a.wasm', 'x');
    await rejectsWith('missing', folder.path('a.wasm/b.wasm'), /does not exist/);
  });

  it('rejects a directory', async () => {
    mkdirSync(folder.path('wbuild'));
    await rejectsWith('directory', folder.path('wbuild'), /a directory/);
  });

  it('rejects an empty file', () => rejectsWith('empty', folder.write('a.wasm', ''), /empty/));

  it('rejects a loop of symbolic links', async () => {
    symlinkSync('b.wasm', folder.path('a.wasm'));
    symlinkSync('a.wasm', folder.path('b.wasm'));
    await rejectsWith('unreadable', folder.path('a.wasm'), /loop/);
  });

  it('rejects a file without read permission', async () => {
    const path = folder.write('a.wasm', 'x');
    chmodSync(path, 0);
    await asUnprivileged(() => rejectsWith('unreadable', path, /permission/));
  });

  it('rejects a name that the file system does not allow', () =>
    rejectsWith('unreadable', folder.path('x'.repeat(5000)), /ENAMETOOLONG/));

  it('rejects a FIFO without waiting for a writer', async function () {
    if (platform === 'win32') this.skip();
    execFileSync('mkfifo', [folder.path('fifo')]);
    await rejectsWith('not-a-file', folder.path('fifo'), /a FIFO/);
  });

  it('rejects a device', async function () {
    if (platform === 'win32') this.skip();
    await rejectsWith('not-a-file', '/dev/zero', /a device/);
  });

  it('rejects a socket', async function () {
    if (platform === 'win32') this.skip();
    const server = createServer().listen(folder.path('socket'));
    await once(server, 'listening');
    try {
      await rejectsWith('not-a-file', folder.path('socket'), /a socket/);
    } finally {
      server.close();
    }
  });

  it('rejects a file of 1 GiB and reports the limit', async () => {
    const path = folder.write('big.wasm', 'x');
    truncateSync(path, 1024 * MIB);
    await rejectsWith('too-large', path, /1\.00 GiB \(1 073 741 824 B\).*256\.00 MiB/);
  });

  it('reads files up to exactly the limit', async () => {
    const path = folder.write('a.wasm', 'x'.repeat(100));
    assert.equal((await readFileSafely(path, { maxFileBytes: 100 })).bytes.length, 100);
    await rejectsWith('too-large', path, /100 B.*99 B/, 99);
  });

  it('gives up on a file that never stops changing', async () => {
    const path = folder.write('a.wasm', new Uint8Array(24 * MIB));
    const writer = keepAppending(path, () => false);
    try {
      await rejectsWith('changed-while-reading', path, /kept changing/);
    } finally {
      await writer.stop();
    }
  });

  it('waits for a file that is being written', async () => {
    const path = folder.write('a.wasm', new Uint8Array(24 * MIB));
    const end = performance.now() + 30;
    const writer = keepAppending(path, () => performance.now() > end);
    const { bytes } = await readFileSafely(path);
    await writer.stop();
    assert.ok(bytes.length > 24 * MIB);
    assert.deepEqual(bytes, new Uint8Array(await readFile(path)));
  });

  it("rejects with the signal's reason", async () => {
    const reason = new Error('enough');
    await assert.rejects(readFileSafely(folder.write('a', 'x'), { signal: AbortSignal.abort(reason) }), reason);
  });

  it("rejects with the signal's reason during the wait for a changing file", async () => {
    const path = folder.write('a.wasm', new Uint8Array(24 * MIB));
    const writer = keepAppending(path, () => false);
    const reason = new Error('enough');
    const stop = new AbortController();
    setTimeout(() => stop.abort(reason), 20);
    await assert.rejects(readFileSafely(path, { signal: stop.signal }), reason);
    await writer.stop();
  });
});

/** Appends to the file byte by byte until `isDone` or `stop`. */
function keepAppending(path: string, isDone: () => boolean): { stop(): Promise<void> } {
  let isStopped = false;
  const writing = (async () => {
    while (!isStopped && !isDone()) await appendFile(path, 'x');
  })();
  return {
    stop: () => {
      isStopped = true;
      return writing;
    },
  };
}

/** Switches root to an unprivileged user during the test, because permission bits don't apply to root. */
async function asUnprivileged(test: () => Promise<unknown>): Promise<void> {
  const isRoot = process.geteuid?.() === 0;
  if (isRoot) process.seteuid?.(65_534);
  try {
    await test();
  } finally {
    if (isRoot) process.seteuid?.(0);
  }
}
