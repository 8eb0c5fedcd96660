/** `pvf upgrade --rpc` against a real relay chain and a real parachain. */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ExitGuard } from '../../src/base/exit-guard.ts';
import { silentLog } from '../../src/base/log.ts';
import { openChain } from '../../src/chain/open-chain.ts';
import { CheckSession } from '../../src/check/session.ts';
import { checkUpgrade } from '../../src/check/upgrade/check-upgrade.ts';
import type { Report } from '../../src/model/report.ts';
import type { UpgradeChecklist, UpgradeStep, UpgradeStepId } from '../../src/model/upgrade-checklist.ts';
import { type RuntimeBlob, readRuntime } from '../../src/runtime/blob.ts';
import { environmentIn, plainSettings } from '../support/check-environment.ts';
import { describeWithCorpus } from '../support/corpus.ts';
import { useParachain, useRelayChain } from '../support/relay-chain.ts';
import type { RelayPara } from '../support/relay-state.ts';
import { needBuiltCli, withCli } from '../support/run-cli.ts';

const stepOf = ({ steps }: UpgradeChecklist, id: UpgradeStepId): UpgradeStep | undefined =>
  steps.find((step) => step.id === id);
const statesOf = (checklist: UpgradeChecklist, ...ids: readonly UpgradeStepId[]) =>
  ids.map((id) => stepOf(checklist, id)?.state);

describeWithCorpus('the upgrade of a live chain', ({ pairs, path }) => {
  const [pair] = pairs;
  assert.ok(pair);
  const [olderFile, newerFile] = [path(pair.older), path(pair.newer)];
  const [older, newer] = [readFileSync(olderFile), readFileSync(newerFile)];

  const folder = mkdtempSync(join(tmpdir(), 'pvf-upgrade-'));
  const guard = new ExitGuard();
  const environment = environmentIn(
    { folder, cacheFolder: join(folder, 'cache'), log: silentLog, guard },
    { openChain },
  );
  const session = new CheckSession(environment);
  after(async () => {
    await session[Symbol.asyncDispose]();
    guard[Symbol.dispose]();
    rmSync(folder, { recursive: true, force: true });
  });
  let blob: RuntimeBlob;
  let report: Report;
  before(async function () {
    this.timeout(120_000);
    blob = await readRuntime(newerFile);
    const { signal } = new AbortController();
    const inputs = await session.loadInputs(plainSettings, signal);
    report = (await session.checkBlob(blob, { kind: 'inspect', settings: plainSettings, inputs })).report;
  });

  /** Without metadata and without another check, which take seconds. */
  async function upgrade(rpc: string, para?: number): Promise<UpgradeChecklist> {
    const { signal } = new AbortController();
    await using chain = await openChain(rpc, { signal });
    const settings = { ...plainSettings, rpc, ...(para !== undefined && { para }) };
    const { checklist } = await checkUpgrade(blob, { session, settings, chain, report, signal, kind: 'inspect' });
    return checklist;
  }

  describe('a relay chain', function () {
    this.timeout(120_000);
    before(needBuiltCli);
    const para: RelayPara = { id: 1002, code: older };
    const config = { validation_upgrade_cooldown: 300, validation_upgrade_delay: 100, pvf_voting_ttl: 3 };
    const chain = useRelayChain(() => ({ activeConfig: config, paras: [para] }));

    it('gives its limits, the code in force and what is in flight', async () => {
      const checklist = await upgrade(chain().url, 1002);
      assert.equal(checklist.chain?.para?.id, 1002);
      assert.equal(checklist.chain?.para?.upgrade.currentCodeHash, pair.older_blake2b_256);
      const known = ['spec-name', 'spec-version', 'in-flight', 'restriction', 'cooldown'] as const;
      assert.deepEqual(statesOf(checklist, ...known), ['done', 'done', 'done', 'done', 'done']);
      assert.match(stepOf(checklist, 'cooldown')?.text ?? '', /300 relay blocks \(about 30 min\)/);
      assert.match(stepOf(checklist, 'delay')?.text ?? '', /100 relay blocks \(about 10 min\)/);
      assert.match(stepOf(checklist, 'vote')?.text ?? '', /After 3 sessions/);
    });

    it('gives the metadata for the call data on the command line', () =>
      withCli(async (cli) => {
        const args = ['upgrade', '--no-prepare', '--rpc', chain().url, '--para', '1002'];
        const ended = await cli.run([...args, '--json', newerFile]);
        assert.equal(ended.code, 0, ended.stderr);
        const checklist = JSON.parse(ended.stdout) as UpgradeChecklist;
        assert.equal(checklist.callsBy, 'chain');
        assert.deepEqual(statesOf(checklist, 'authorize', 'transaction-version'), ['todo', 'done']);
        const authorize = checklist.calls.find(({ id }) => id === 'authorize');
        assert.equal(authorize?.data, `0x0009${pair.newer_blake2b_256.slice(2)}`);
        const missing = await cli.run(['upgrade', '--rpc', chain().url, '--para', '4000', newerFile]);
        assert.deepEqual([missing.code, missing.stdout], [2, '']);
        assert.match(missing.stderr, /no parachain 4000/);
      }));

    it('tells a vote on this code', async () => {
      const vote = { accept: 3, reject: 1, age: 1 };
      await chain().set({ paras: [{ ...para, future: newer, restricted: true, cooldownUntil: 301, vote }] });
      const checklist = await upgrade(chain().url, 1002);
      const states = statesOf(checklist, 'in-flight', 'restriction', 'cooldown', 'vote');
      assert.deepEqual(states, ['done', 'done', 'done', 'todo']);
      assert.match(stepOf(checklist, 'vote')?.text ?? '', /^3 of 10 validators .* 1 reject it, and 7 must accept it/);
    });

    it('blocks on another upgrade and on a cooldown', async () => {
      const future = new Uint8Array(64);
      await chain().set({ paras: [{ ...para, future, restricted: true, cooldownUntil: 301 }] });
      const checklist = await upgrade(chain().url, 1002);
      assert.deepEqual(statesOf(checklist, 'in-flight', 'restriction', 'cooldown'), ['blocked', 'blocked', 'blocked']);
      assert.match(stepOf(checklist, 'cooldown')?.text ?? '', /until relay block 301, about 30 min from now/);
    });

    it('tells when an accepted code is due, and the signals', async () => {
      await chain().set({ paras: [{ ...para, future: newer, restricted: true, enactedAt: 101 }] });
      const due = await upgrade(chain().url, 1002);
      assert.deepEqual(statesOf(due, 'vote'), ['done']);
      assert.match(stepOf(due, 'delay')?.text ?? '', /relay block 101, about 10 min from now/);
      await chain().set({ paras: [{ ...para, goAhead: 'Abort' }] });
      assert.deepEqual(statesOf(await upgrade(chain().url, 1002), 'go-ahead'), ['blocked']);
    });

    it('fails for the code that the parachain runs already', async () => {
      await chain().set({ paras: [{ ...para, code: newer }] });
      const same = await upgrade(chain().url, 1002);
      assert.equal(same.conclusion.status, 'fail');
      assert.deepEqual(statesOf(same, 'code-hash', 'spec-version'), ['blocked', 'blocked']);
    });

    it('gives its limits alone without an id', async () => {
      const checklist = await upgrade(chain().url);
      assert.deepEqual(statesOf(checklist, 'spec-version', 'restriction', 'delay'), ['unknown', 'unknown', 'todo']);
    });
  });

  describe('a parachain', function () {
    this.timeout(120_000);
    const chain = useParachain(
      () => older,
      () => ({
        id: 1002,
        hostConfig: { max_code_size: 3_000_000, validation_upgrade_cooldown: 100 },
        restricted: true,
      }),
    );

    it('gives its versions, its own metadata and what it knows of its relay chain', async () => {
      const checklist = await upgrade(chain().url);
      assert.deepEqual(
        [checklist.chain?.kind, checklist.chain?.para?.id, checklist.callsBy],
        ['parachain', 1002, 'chain'],
      );
      assert.deepEqual(statesOf(checklist, 'spec-name', 'spec-version', 'authorize'), ['done', 'done', 'todo']);
      assert.deepEqual(statesOf(checklist, 'restriction'), ['blocked']);
      assert.match(stepOf(checklist, 'cooldown')?.text ?? '', /100 relay blocks/);
      const authorize = checklist.calls.find(({ id }) => id === 'authorize');
      assert.equal(authorize?.data, `0x0009${pair.newer_blake2b_256.slice(2)}`);
    });
  });
});
