import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { toHex } from '../../../src/base/bytes.ts';
import { ExitGuard } from '../../../src/base/exit-guard.ts';
import { stateOf } from '../../../src/base/file-state.ts';
import { blake2b256 } from '../../../src/base/hash.ts';
import { silentLog } from '../../../src/base/log.ts';
import { loadInputs } from '../../../src/check/check-plan.ts';
import type { CheckProgress } from '../../../src/check/check-progress.ts';
import { CheckSession, MachineError, type SessionOptions } from '../../../src/check/session.ts';
import { ConfigError } from '../../../src/limits/json-file.ts';
import { readRuntime } from '../../../src/runtime/blob.ts';
import { InputError } from '../../../src/runtime/input-error.ts';
import { inspect } from '../../../src/runtime/inspect.ts';
import { tinyPvf } from '../../../src/worker/probe/tiny-pvf.ts';
import { builtInParts, installBuiltIn } from '../../support/built-in.ts';
import { environmentIn, plainSettings as settings } from '../../support/check-environment.ts';

/** Without a worker. test/process/check/session.test.ts uses one. */
describe('CheckSession, inspecting', () => {
  let folder = '';
  let guard: ExitGuard;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'pvf-session-'));
    guard = new ExitGuard();
  });
  afterEach(() => {
    guard[Symbol.dispose]();
    rmSync(folder, { recursive: true, force: true });
  });

  const sessionWith = (options: SessionOptions = { inspect }) =>
    new CheckSession(environmentIn({ folder, cacheFolder: join(folder, 'cache'), log: silentLog, guard }), options);

  function fileWith(bytes: Uint8Array): string {
    const file = join(folder, 'a.wasm');
    writeFileSync(file, bytes);
    return file;
  }

  /** A session that counts its inspections. */
  function counting() {
    let count = 0;
    const session = sessionWith({
      inspect: (stored, bombLimit) => {
        count += 1;
        return inspect(stored, bombLimit);
      },
    });
    return { session, count: () => count };
  }

  it('reports the facts of the blob and the state of its file', async () => {
    await using session = sessionWith();
    const file = fileWith(tinyPvf);
    const seen: CheckProgress[] = [];
    const result = await session.check(file, 'inspect', settings, { onProgress: (progress) => seen.push(progress) });
    assert.equal(result.report.runtime.functions, 1);
    assert.equal(result.report.outcome, undefined);
    assert.deepEqual(result.report.tool, { name: 'polkadot-pvf', version: '0.1.0' });
    assert.deepEqual(result.file, await stateOf(file));
    assert.equal(result.fromCache, false);
    assert.deepEqual(seen, [{ phase: 'inspecting' }]);
  });

  it('caches the report until an input changes', async () => {
    const { session, count } = counting();
    await using _session = session;
    const file = fileWith(tinyPvf);
    const first = await session.check(file, 'inspect', settings);
    const second = await session.check(file, 'inspect', settings);
    assert.deepEqual([second.report, second.fromCache, count()], [first.report, true, 1]);
    const other = await session.check(file, 'inspect', { ...settings, profile: 'relay-5mib' });
    assert.deepEqual([other.report.limits.profile, other.fromCache, count()], ['relay-5mib', false, 2]);
    const forced = await session.check(file, 'inspect', settings, { isForced: true });
    assert.deepEqual([forced.fromCache, count()], [false, 3]);
  });

  it('recognizes the same bytes in a file that was written again', async () => {
    await using session = sessionWith();
    await session.check(fileWith(tinyPvf), 'inspect', settings);
    const file = fileWith(tinyPvf);
    const again = await session.check(file, 'inspect', settings);
    assert(again.fromCache);
    assert.deepEqual(again.file, await stateOf(file));
  });

  it('notices that the file changed, and does not cache that report', async () => {
    const file = fileWith(tinyPvf);
    let count = 0;
    await using session = sessionWith({
      inspect: async (stored, bombLimit) => {
        count += 1;
        if (count === 1) writeFileSync(file, tinyPvf.slice(0, 8));
        return inspect(stored, bombLimit);
      },
    });
    const first = await session.check(file, 'inspect', settings);
    assert.deepEqual([first.file, first.report.runtime.storedBytes], [undefined, tinyPvf.length]);
    fileWith(tinyPvf);
    const second = await session.check(file, 'inspect', settings);
    assert.deepEqual([second.fromCache, count], [false, 2]);
  });

  it('checks a blob that was read before', async () => {
    await using session = sessionWith();
    const blob = await readRuntime(fileWith(tinyPvf));
    const plan = { kind: 'inspect', settings, inputs: await loadInputs(settings) } as const;
    const { report } = await session.checkBlob(blob, plan);
    assert.equal(report.runtime.codeHash, blob.codeHash);
  });

  it('rejects a file that is no runtime, and unusable settings', async () => {
    await using session = sessionWith();
    await assert.rejects(session.check(join(folder, 'none.wasm'), 'inspect', settings), InputError);
    const wrong = { ...settings, profile: 'no-such-profile' };
    await assert.rejects(session.check(fileWith(tinyPvf), 'inspect', wrong), ConfigError);
  });

  it('identifies the runtime in a file', async () => {
    await using session = sessionWith();
    const file = fileWith(tinyPvf);
    const identity = { codeHash: toHex(blake2b256(tinyPvf)), file: await stateOf(file) };
    assert.deepEqual(await session.identify(file), identity);
    rmSync(file);
    assert.equal(await session.identify(file), undefined);
  });

  it('rejects with the reason of the signal', async () => {
    await using session = sessionWith({ inspect: (_stored, _limit, { signal } = {}) => aborted(signal) });
    const cancel = new AbortController();
    const checking = session.check(fileWith(tinyPvf), 'inspect', settings, { signal: cancel.signal });
    const reason = new Error('enough');
    cancel.abort(reason);
    await assert.rejects(checking, reason);
  });

  it('cancels its checks when it is disposed, and accepts no more', async () => {
    const session = sessionWith({ inspect: (_stored, _limit, { signal } = {}) => aborted(signal) });
    const file = fileWith(tinyPvf);
    const checking = assert.rejects(session.check(file, 'inspect', settings), { name: 'AbortError' });
    await session[Symbol.asyncDispose]();
    await checking;
    await assert.rejects(session.check(file, 'inspect', settings), { name: 'AbortError' });
  });

  it('lists every place of the search and the selected worker', async () => {
    await using session = sessionWith();
    const without = await session.workers(settings);
    assert.deepEqual([without.candidates, without.selection], [[], { kind: 'none' }]);
    assert((await session.workers({ ...settings, worker: 'portable' })).selection.kind === 'requested-unusable');
    installBuiltIn(join(folder, 'package'));
    const { selection, places } = await session.workers(settings);
    const [bundle = ''] = Object.keys(builtInParts);
    assert.deepEqual(selection, { kind: 'found', source: 'built-in', path: join(folder, 'package', bundle) });
    assert.equal(places.at(-1)?.state, 'found');
  });

  it('explains what to do when there is no folder for temporary files', async () => {
    const { TMPDIR: before } = process.env;
    process.env['TMPDIR'] = join(folder, 'none');
    try {
      await using session = sessionWith();
      await assert.rejects(session.chooseWorker(settings), (error: unknown) => {
        assert(error instanceof MachineError);
        assert.match(error.message, /^there is no folder for temporary files: /);
        assert.match(error.remedy, /^Set TMPDIR to a folder/);
        return true;
      });
      const { report } = await session.check(fileWith(tinyPvf), 'inspect', settings);
      assert.equal(report.runtime.functions, 1, 'an inspection needs no such folder');
    } finally {
      if (before === undefined) delete process.env['TMPDIR'];
      else process.env['TMPDIR'] = before;
    }
  });
});

async function aborted(signal: AbortSignal | undefined): Promise<never> {
  assert(signal);
  if (!signal.aborted) await once(signal, 'abort');
  throw signal.reason;
}
