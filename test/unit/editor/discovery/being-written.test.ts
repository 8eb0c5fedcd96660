import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beingWritten } from '../../../../src/editor/discovery/being-written.ts';
import type { Runtime } from '../../../../src/editor/model.ts';

describe('a runtime that a search does not find again', () => {
  let folder = '';
  before(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'pvf-written-'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  function runtimeOf(name: string): Runtime {
    const blob = { path: path.join(folder, `${name}.wasm`), variant: 'bloaty', bytes: 8, modifiedMs: 0 } as const;
    return { id: path.join(folder, name), name, blob, others: [] };
  }

  it('is still there while its file is being written', async () => {
    const runtime = runtimeOf('written');
    writeFileSync(runtime.blob.path, '');
    assert.deepEqual(await beingWritten([runtime], []), [runtime]);
  });

  it('is gone when its file stays what it is', async () => {
    const runtime = runtimeOf('left');
    writeFileSync(runtime.blob.path, '');
    assert.deepEqual(await beingWritten([runtime], [], () => Date.now() + 10_000), []);
  });

  it('is gone with its file', async () => {
    assert.deepEqual(await beingWritten([runtimeOf('deleted')], []), []);
  });

  it('counts once where it was found', async () => {
    const runtime = runtimeOf('written');
    assert.deepEqual(await beingWritten([runtime], [runtime]), []);
  });

  it('is not meant where a person picked it', async () => {
    const { blob, ...more } = runtimeOf('written');
    assert.deepEqual(await beingWritten([{ ...more, blob, id: blob.path }], []), []);
  });
});
