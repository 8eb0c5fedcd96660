import assert from 'node:assert/strict';
import type { Result } from '../../../../src/editor/check-thread/messages.ts';
import { CheckFailed } from '../../../../src/editor/check-thread/thread-client.ts';
import { shownResult } from '../../../../src/editor/model.ts';
import type { Report } from '../../../../src/model/report.ts';
import { sampleReports } from '../../../support/sample-reports.ts';
import { useChecks } from './use-checks.ts';

const { accepted, inspected } = sampleReports;

describe('CheckRunner', () => {
  const checks = useChecks();
  const result = (report: Report, fromCache = false): Result<'check'> => ({ report, file: undefined, fromCache });

  it('reports the end of every check, including a cached one', async () => {
    const { runner, held, finished } = checks.create();
    const runtime = checks.runtimeWith('a');
    for (const fromCache of [false, true]) {
      const ending = runner.check('prepare', runtime, { reason: 'command' });
      (await held.next()).resolve(result(accepted, fromCache));
      const end = await ending;
      assert(end.kind === 'checked' && end.fromCache === fromCache);
    }
    assert.deepEqual(
      finished.map(({ fromCache, state }) => [fromCache, state.report]),
      [
        [false, accepted],
        [true, accepted],
      ],
    );
  });

  it('reads the chosen code of a chain spec', async () => {
    const { runner, held } = checks.create();
    const runtime = { ...checks.runtimeWith('{}'), substituteBlock: '7' };
    const ending = runner.check('inspect', runtime, { reason: 'command' });
    const request = await held.next();
    assert.equal(request.path, `${runtime.blob.path}#7`);
    request.resolve(result(accepted));
    await ending;
  });

  it('shows which checks wait, and logs each start and cancellation in one line', async () => {
    const { runner, store, held, logged } = checks.create();
    const first = checks.runtimeWith('a');
    const [second, third] = ['b', 'c'].map((name) => ({ ...first, id: name, name }));
    assert(second && third);
    const kinds = () => [first, second, third].map(({ id }) => store.stateOf(id).activity.kind);
    const ends = [first, second, third].map((runtime) => runner.check('prepare', runtime, { reason: 'command' }));
    assert.deepEqual(kinds(), ['running', 'queued', 'queued']);
    runner.cancel(second.id);
    assert.deepEqual(await ends[1], { kind: 'cancelled', why: 'user' });
    assert.deepEqual(kinds(), ['running', 'idle', 'queued']);
    (await held.next()).resolve(result(accepted));
    await ends[0];
    const running = await held.next();
    assert.deepEqual(kinds(), ['idle', 'idle', 'running']);
    runner.cancel();
    running.resolve(result(accepted));
    await ends[2];
    assert.deepEqual(kinds(), ['idle', 'idle', 'idle']);
    assert.deepEqual(logged, [
      `a: preparing ${first.blob.path}`,
      'b: the check was cancelled.',
      `c: preparing ${first.blob.path}`,
      'c: the check was cancelled.',
    ]);
  });

  it('shows a share that never decreases', async () => {
    const { runner, held, changes } = checks.create();
    const ending = runner.check('prepare', checks.runtimeWith('a'), { reason: 'command' });
    const request = await held.next();
    for (const done of [0, 500, 300]) request.onProgress({ phase: 'preparing', isCounted: true, done, total: 1000 });
    request.resolve(result(accepted));
    await ending;
    const shares = changes.flatMap(({ activity }) => (activity.kind === 'running' ? (activity.pace.share ?? 0) : []));
    assert.deepEqual(shares, [0, 0, 0.5, 0.5]);
  });

  it('shows the interim report during later progress, and only the final one at the end', async () => {
    const { runner, store, held, finished } = checks.create();
    const runtime = checks.runtimeWith('a');
    const ending = runner.check('prepare', runtime, { reason: 'change' });
    const request = await held.next();
    request.onInterim(inspected);
    request.onProgress({ phase: 'preparing' });
    const state = store.stateOf(runtime.id);
    assert(state.activity.kind === 'running' && state.activity.phase === 'preparing');
    assert.deepEqual(shownResult(state), { report: inspected, isCurrent: true, isInterim: true });
    assert.equal(finished.length, 0);
    request.resolve(result(accepted));
    await ending;
    assert.deepEqual(
      finished.map((one) => one.state.report),
      [accepted],
    );
    assert.equal(shownResult(store.stateOf(runtime.id)).isInterim, false);
  });

  it('shows a vote that is known before the metadata', async () => {
    const { runner, store, held } = checks.create();
    const runtime = checks.runtimeWith('a');
    const ending = runner.check('prepare', runtime, { reason: 'change' });
    const request = await held.next();
    request.onInterim(inspected);
    request.onInterim(accepted);
    assert.deepEqual(shownResult(store.stateOf(runtime.id)), { report: accepted, isCurrent: true, isInterim: false });
    request.resolve(result(accepted));
    await ending;
  });

  it('reads metadata only to prepare, and measures costs with the built-in worker', async () => {
    const { runner, held } = checks.create();
    const runtime = checks.runtimeWith('a');
    const requested = async (kind: 'inspect' | 'prepare', options: { hasCosts?: boolean } = {}) => {
      const ending = runner.check(kind, runtime, { reason: 'command', ...options });
      const request = await held.next();
      request.resolve(result(inspected));
      await ending;
      const { metadata, worker, costs } = request.settings;
      return [metadata, worker, costs];
    };
    const official = '/usr/lib/polkadot/polkadot-prepare-worker';
    assert.deepEqual(await requested('inspect'), [undefined, official, undefined]);
    assert.deepEqual(await requested('prepare'), [{}, official, undefined]);
    assert.deepEqual(await requested('prepare', { hasCosts: true }), [{}, 'portable', true]);
  });

  it('keeps showing the report of a preparation while the same bytes are prepared again', async () => {
    const { runner, store, held } = checks.create();
    const runtime = checks.runtimeWith('a');
    const first = runner.check('prepare', runtime, { reason: 'command' });
    (await held.next()).resolve({ ...result(accepted), file: runtime.blob });
    await first;
    const second = runner.check('prepare', runtime, { reason: 'command', isForced: true });
    const request = await held.next();
    request.onInterim({ ...inspected, runtime: accepted.runtime });
    assert.equal(shownResult(store.stateOf(runtime.id)).report, accepted);
    request.onInterim(inspected);
    assert.equal(shownResult(store.stateOf(runtime.id)).report, inspected, 'other bytes');
    request.resolve(result(accepted));
    await second;
  });

  it('cancels the check of a removed runtime and discards its state', async () => {
    const { runner, store, held, finished } = checks.create();
    const runtime = checks.runtimeWith('a');
    const ending = runner.check('prepare', runtime, { reason: 'command' });
    const request = await held.next();
    runner.remove(runtime);
    assert(request.signal.aborted);
    // A result arrives after the cancellation.
    request.resolve(result(accepted));
    assert.deepEqual(await ending, { kind: 'cancelled', why: 'removed' });
    assert.deepEqual(store.stateOf(runtime.id), { activity: { kind: 'idle' }, isCurrent: false });
    assert.equal(finished.length, 0);
  });

  it('does not replace the report of a preparation with an inspection of the same blob', async () => {
    const { runner, held } = checks.create();
    const runtime = checks.runtimeWith('a');
    const ending = runner.check('prepare', runtime, { reason: 'command' });
    (await held.next()).resolve({ ...result(accepted), file: runtime.blob });
    await ending;
    const end = await runner.check('inspect', runtime, { reason: 'command' });
    assert(end.kind === 'checked' && end.fromCache);
    assert.equal(end.state.report, accepted);
    assert.equal(held.requests.length, 0);
  });

  it('reports a local failure and keeps the previous report', async () => {
    const { runner, store, held, finished } = checks.create();
    const runtime = checks.runtimeWith('a');
    const first = runner.check('prepare', runtime, { reason: 'command' });
    (await held.next()).resolve(result(accepted));
    await first;
    const second = runner.check('prepare', runtime, { reason: 'command' });
    const failure = { kind: 'problem', message: 'no such profile', remedy: 'name another' } as const;
    (await held.next()).reject(new CheckFailed(failure));
    await second;
    const { report, problem } = store.stateOf(runtime.id);
    assert.equal(report, accepted);
    assert.deepEqual(problem, { message: 'no such profile', remedy: 'name another' });
    assert.equal(finished.at(-1)?.state.problem, problem);
  });

  it('shows the progress of a check until it is cancelled', async () => {
    const { runner, store, held, changes } = checks.create();
    const runtime = checks.runtimeWith('a');
    const ending = runner.check('prepare', runtime, { reason: 'command' });
    const request = await held.next();
    request.onProgress({ phase: 'preparing', done: 1, total: 4 });
    runner.cancel(runtime.id);
    request.onProgress({ phase: 'preparing', done: 2, total: 4 });
    request.reject(new CheckFailed({ kind: 'cancelled' }));
    assert.deepEqual(await ending, { kind: 'cancelled', why: 'user' });
    assert.deepEqual(
      changes.map(({ activity }) => (activity.kind === 'running' ? [activity.phase, activity.done] : activity.kind)),
      [['starting', undefined], ['preparing', 1], 'idle'],
    );
    assert.equal(store.stateOf(runtime.id).report, undefined);
  });
});
