import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ExitGuard } from '../../../../src/base/exit-guard.ts';
import { silentLog } from '../../../../src/base/log.ts';
import { type ChainCheck, type ChainProgress, checkChain } from '../../../../src/check/chain/check-chain.ts';
import type { PreparePlan } from '../../../../src/check/check-plan.ts';
import { CheckSession } from '../../../../src/check/session.ts';
import { isProblem, type ReportEntry } from '../../../../src/model/input-problem.ts';
import type { Report } from '../../../../src/model/report.ts';
import { inspect } from '../../../../src/runtime/inspect.ts';
import { environmentIn, plainSettings } from '../../../support/check-environment.ts';
import { type FakeChainOptions, fakeBlock, fakeChain } from '../../../support/fake-chain.ts';
import { plainPvf, plainPvfOf } from '../../../support/plain-pvf.ts';
import { accepted } from '../../../support/sample-reports.ts';

const second = plainPvfOf('second', 2);
const third = plainPvfOf('third', 3);

const paras = [
  { id: 2000, code: plainPvf, future: second, upgrade: { enactedAt: 200 } },
  { id: 2001, code: plainPvf },
  { id: 3000, code: third },
];

const nameOf = (entry: ReportEntry) => (isProblem(entry) ? entry.path : entry.runtime.path);

/** A session whose preparations succeed at once. Counts them. */
class PreparedAtOnce extends CheckSession {
  readonly prepared: string[] = [];

  override async checkBlob(...[blob, plan, options]: Parameters<CheckSession['checkBlob']>) {
    const inspected = await super.checkBlob(blob, { ...plan, kind: 'inspect' }, options);
    this.prepared.push(blob.codeHash);
    const { runtime, limits } = inspected.report;
    const { outcome, vote, conclusion } = accepted;
    const report: Report = { ...inspected.report, runtime, limits, ...(outcome && { outcome }), vote, conclusion };
    return { ...inspected, report };
  }
}

describe('the check of a whole chain', () => {
  let folder = '';
  let guard: ExitGuard;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'pvf-chain-'));
    guard = new ExitGuard();
  });
  afterEach(() => {
    guard[Symbol.dispose]();
    rmSync(folder, { recursive: true, force: true });
  });

  interface Run {
    readonly entries: readonly ReportEntry[];
    readonly prepared: readonly string[];
    readonly codes: readonly string[];
    readonly progress: readonly ChainProgress[];
  }

  async function run(
    change: Partial<ChainCheck> = {},
    options: Partial<FakeChainOptions> = {},
    workers = 1,
  ): Promise<Run> {
    const { open, reads } = fakeChain({ paras, ...options });
    const environment = environmentIn(
      { folder, cacheFolder: join(folder, 'cache'), log: silentLog, guard },
      { openChain: open },
    );
    await using session = new PreparedAtOnce(environment, { inspect });
    await using chain = await open('ws://127.0.0.1');
    const settings = { ...plainSettings, rpc: chain.url };
    const { signal } = new AbortController();
    const inputs = await session.loadInputs(settings, signal, chain);
    const choice: PreparePlan['choice'] = {
      kind: 'none',
      outcome: { kind: 'not-spawned', cause: 'no-worker', message: 'none' },
    };
    const plan: PreparePlan = { kind: 'prepare', settings, inputs, choice };
    const progress: ChainProgress[] = [];
    const entries = await checkChain({
      ...{ chain, session, environment, jobs: 1, isFresh: false, signal, onProgress: (one) => progress.push(one) },
      plans: Array.from({ length: workers }, (_, at) => ({
        ...plan,
        settings: { ...settings, prepTimeoutMs: 1000 + at },
      })),
      ...change,
    });
    return { entries, prepared: session.prepared, codes: reads.codes, progress };
  }

  it('prepares each code once and reports on each use of it', async () => {
    const { entries, prepared, codes, progress } = await run();
    assert.deepEqual(entries.map(nameOf), [
      'para 2000 (current)',
      'para 2000 (pending)',
      'para 2001 (current)',
      'para 3000 (current)',
    ]);
    assert.equal(prepared.length, 3);
    assert.equal(codes.length, 3);
    const [first] = entries;
    assert.ok(first && !isProblem(first));
    assert.deepEqual(first.para, {
      ...{ id: 2000, code: 'current', relayChain: 'testnet', block: fakeBlock, upgrade: { enactedAt: 200 } },
    });
    assert.deepEqual([progress.at(-1)?.done, progress.at(-1)?.total, progress.at(-1)?.share], [3, 3, 1]);
  });

  it('keeps results by code, and prepares them again only with --fresh', async () => {
    const first = await run();
    const second = await run();
    assert.deepEqual(second.entries, first.entries);
    assert.deepEqual(second.prepared, []);
    assert.equal((await run({ isFresh: true })).prepared.length, 3);
  });

  it('keeps a result for the values of the limits, not for the block', async () => {
    await run();
    const later = await run({}, { profile: { date: '2026-12-24', block: { ...fakeBlock, number: 999 } } });
    assert.deepEqual(later.prepared, []);
    const [entry] = later.entries;
    assert.ok(entry && !isProblem(entry));
    assert.deepEqual([entry.limits.date, entry.limits.block?.number], ['2026-12-24', 999]);
    assert.equal((await run({}, { profile: { maxCodeSize: 2_000_000 } })).prepared.length, 3);
  });

  it('prepares a code again whose kept result is damaged', async () => {
    await run();
    const kept = join(folder, 'cache', 'chain');
    for (const name of readdirSync(kept)) writeFileSync(join(kept, name), '{"runtime":');
    assert.equal((await run()).prepared.length, 3);
  });

  it('goes on after a code that can not be read', async () => {
    const { entries } = await run({}, { unreadable: [plainPvf] });
    assert.deepEqual(
      entries.map((entry) => (isProblem(entry) ? entry.problem.id : entry.vote)),
      ['not-checked', 'accept', 'not-checked', 'accept'],
    );
    const [problem] = entries;
    assert.ok(problem && isProblem(problem));
    assert.equal(problem.para?.id, 2000);
    assert.match(problem.problem.message, /has no code/);
  });

  for (const tellsSizes of [true, false]) {
    it(`splits the codes, ${tellsSizes ? 'by the sizes that the chain tells' : 'by reading them'}`, async () => {
      const parts = [];
      for (const index of [1, 2, 3]) {
        parts.push(await run({ shard: { index, count: 3 }, isFresh: true }, { tellsSizes }));
      }
      assert.deepEqual(
        parts.map(({ prepared }) => prepared.length),
        [1, 1, 1],
      );
      const all = parts.flatMap(({ entries }) => entries);
      assert.deepEqual(all.map(({ shard }) => shard?.position).sort(), [0, 1, 2, 3]);
      assert.deepEqual([...new Set(all.map(({ shard }) => shard?.total))], [4]);
      assert.equal(new Set(all.map(({ shard }) => shard?.list)).size, 1);
    });
  }

  it('has an entry for each worker', async () => {
    const { entries, prepared } = await run({ jobs: 2 }, {}, 2);
    assert.equal(prepared.length, 6);
    assert.deepEqual(entries.slice(0, 3).map(nameOf), [
      'para 2000 (current)',
      'para 2000 (current)',
      'para 2000 (pending)',
    ]);
  });

  it('stops when it is interrupted', async () => {
    const stop = new AbortController();
    const reason = new Error('interrupted');
    stop.abort(reason);
    await assert.rejects(run({ signal: stop.signal }), reason);
  });
});
