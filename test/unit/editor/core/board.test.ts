import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Result } from '../../../../src/editor/check-thread/messages.ts';
import { CheckFailed } from '../../../../src/editor/check-thread/thread-client.ts';
import { type Asker, Board } from '../../../../src/editor/core/board.ts';
import type { CheckState, Runtime } from '../../../../src/editor/model.ts';
import type { Finished } from '../../../../src/editor/services.ts';
import type { Report } from '../../../../src/model/report.ts';
import { sampleReports } from '../../../support/sample-reports.ts';

const { accepted } = sampleReports;
const withHash = (codeHash: string): Report => ({ ...accepted, runtime: { ...accepted.runtime, codeHash } });

/** What stands in for the check thread, so that a test says when it answers and what. The thread has its own tests. */
class HeldAsker {
  readonly asked: {
    answer(answer: Result<'check'>): void;
    fail(error: Error): void;
    signal: AbortSignal | undefined;
  }[] = [];
  readonly asker = {
    request: (name: 'check' | 'identify', _params: unknown, options?: { signal?: AbortSignal }) =>
      name === 'identify'
        ? Promise.resolve(undefined)
        : new Promise<Result<'check'>>((answer, fail) => {
            this.asked.push({ answer, fail, signal: options?.signal });
          }),
  } as Asker;

  async next(): Promise<HeldAsker['asked'][number]> {
    for (;;) {
      const one = this.asked.shift();
      if (one !== undefined) return one;
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
}

describe('Board', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'pvf-board-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  function runtimeWith(content: string): Runtime {
    const file = path.join(folder, 'a.wasm');
    writeFileSync(file, content);
    const { size: bytes, mtimeMs: modifiedMs, ctimeMs: changedMs } = statSync(file);
    const blob = { path: file, variant: 'compressed', bytes, modifiedMs, changedMs } as const;
    return { id: file, name: 'a', blob, others: [] };
  }

  function boardWith(kept = new Map<string, unknown>()) {
    const held = new HeldAsker();
    const seen: CheckState[] = [];
    const finished: Finished[] = [];
    const board = new Board({
      asker: held.asker,
      store: { get: (key) => kept.get(key), update: async (key, value) => void kept.set(key, structuredClone(value)) },
      settingsOf: () => ({
        instances: 1,
        profile: 'relay-3mib',
        workspaceFolders: [],
        trustWorkspace: false,
        verbose: false,
      }),
      changed: (_, state) => seen.push(state),
      finished: (one) => finished.push(one),
      logError: (message) => assert.fail(message),
    });
    return { board, held, seen, finished };
  }

  const answer = (report: Report, isKnown = false): Result<'check'> => ({
    report,
    file: { bytes: 1, modifiedMs: 0, changedMs: 0, inode: '1:1' },
    fromCache: isKnown,
  });

  it('tells the end of every check, of a known blob too', async () => {
    const { board, held, finished } = boardWith();
    const runtime = runtimeWith('a');
    for (const isKnown of [false, true]) {
      const ending = board.check('prepare', runtime, { reason: 'command' });
      (await held.next()).answer(answer(accepted, isKnown));
      const end = await ending;
      assert(end.kind === 'checked' && end.isKnown === isKnown);
    }
    assert.deepEqual(
      finished.map(({ isKnown, state }) => [isKnown, state.report]),
      [
        [false, accepted],
        [true, accepted],
      ],
    );
  });

  it('ends the check of a runtime that is gone, says why, and keeps no state of it', async () => {
    const { board, held, finished } = boardWith();
    const runtime = runtimeWith('a');
    const ending = board.check('prepare', runtime, { reason: 'command' });
    const asked = await held.next();
    board.forget(runtime);
    assert(asked.signal?.aborted);
    // The answer was on its way already.
    asked.answer(answer(accepted));
    assert.deepEqual(await ending, { kind: 'cancelled', why: 'removed' });
    assert.deepEqual(board.stateOf(runtime.id), { activity: { kind: 'idle' }, isCurrent: false });
    assert.deepEqual(finished, []);
  });

  it('knows a runtime again that comes back, with the growth since', async () => {
    const { board, held } = boardWith();
    const before = runtimeWith('a');
    const first = board.check('prepare', before, { reason: 'change' });
    (await held.next()).answer(answer(withHash('0x01')));
    await first;
    board.forget(before);
    const after = runtimeWith('of another size');
    await board.meet(after);
    const { report, isCurrent } = board.stateOf(after.id);
    assert.deepEqual([report?.runtime.codeHash, isCurrent], ['0x01', false]);
    const second = board.check('prepare', after, { reason: 'change' });
    (await held.next()).answer(answer(withHash('0x02')));
    await second;
    assert.equal(board.stateOf(after.id).previous?.runtime.codeHash, '0x01');
  });

  it('compares with the last other code, however often the same is checked', async () => {
    const { board, held } = boardWith();
    const runtime = runtimeWith('a');
    for (const hash of ['0x01', '0x02', '0x02']) {
      const ending = board.check('prepare', runtime, { reason: 'command' });
      (await held.next()).answer(answer(withHash(hash)));
      await ending;
    }
    const { report, previous } = board.stateOf(runtime.id);
    assert.deepEqual([report?.runtime.codeHash, previous?.runtime.codeHash], ['0x02', '0x01']);
  });

  it('compares with the last blob that was not refused', async () => {
    const { board, held } = boardWith();
    const runtime = runtimeWith('a');
    const refused = { ...withHash('0x02'), verdict: { vote: 'reject', reason: 'damaged' } as const };
    for (const report of [withHash('0x01'), refused, withHash('0x03')]) {
      const ending = board.check('prepare', runtime, { reason: 'command' });
      (await held.next()).answer(answer(report));
      await ending;
    }
    assert.equal(board.stateOf(runtime.id).previous?.runtime.codeHash, '0x01');
  });

  it('does not lose a preparation for a look at the same blob', async () => {
    const { board, held } = boardWith();
    const runtime = runtimeWith('a');
    const ending = board.check('prepare', runtime, { reason: 'command' });
    (await held.next()).answer(answer(accepted));
    await ending;
    // `bytes` of the kept file are those of the blob: surely the same file.
    const end = await board.check('inspect', runtime, { reason: 'command' });
    assert(end.kind === 'checked' && end.isKnown);
    assert.equal(end.state.report, accepted);
    assert.equal(held.asked.length, 0);
  });

  it('keeps the reports for the next session', async () => {
    const kept = new Map<string, unknown>();
    const { board, held } = boardWith(kept);
    const runtime = runtimeWith('a');
    const ending = board.check('prepare', runtime, { reason: 'command' });
    (await held.next()).answer(answer(accepted));
    await ending;
    const later = boardWith(kept).board;
    await later.meet(runtime);
    const { report, isCurrent } = later.stateOf(runtime.id);
    assert.deepEqual(report, accepted);
    assert(isCurrent);
  });

  it('says what failed on our side, and keeps the report before', async () => {
    const { board, held, finished } = boardWith();
    const runtime = runtimeWith('a');
    const first = board.check('prepare', runtime, { reason: 'command' });
    (await held.next()).answer(answer(accepted));
    await first;
    const second = board.check('prepare', runtime, { reason: 'command' });
    const failure = { kind: 'problem', message: 'no such profile', remedy: 'name another' } as const;
    (await held.next()).fail(new CheckFailed(failure));
    await second;
    const { report, problem } = board.stateOf(runtime.id);
    assert.equal(report, accepted);
    assert.deepEqual(problem, { message: 'no such profile', remedy: 'name another' });
    assert.equal(finished.at(-1)?.state.problem, problem);
  });
});
