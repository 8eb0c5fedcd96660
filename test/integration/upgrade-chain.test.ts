/** `pvf upgrade --rpc` against a real relay chain and a real parachain. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { UpgradeChecklist, UpgradeStep, UpgradeStepId } from '../../src/model/upgrade-checklist.ts';
import { describeWithCorpus } from '../support/corpus.ts';
import { useParachain, useRelayChain } from '../support/relay-chain.ts';
import type { RelayPara } from '../support/relay-state.ts';
import { needBuiltCli, withCli } from '../support/run-cli.ts';

describeWithCorpus('pvf upgrade with a live chain', ({ pairs, path }) => {
  before(needBuiltCli);
  const [pair] = pairs;
  const older = pair === undefined ? new Uint8Array() : readFileSync(path(pair.older));
  const newer = pair === undefined ? new Uint8Array() : readFileSync(path(pair.newer));
  const file = path(pair?.newer ?? '');

  async function upgrade(
    ...args: readonly string[]
  ): Promise<UpgradeChecklist & { readonly code: number | undefined }> {
    let result: (UpgradeChecklist & { readonly code: number | undefined }) | undefined;
    await withCli(async (cli) => {
      const { code, stdout, stderr } = await cli.run(['upgrade', '--json', '--no-prepare', ...args, file]);
      assert.notEqual(stdout, '', stderr);
      result = { ...(JSON.parse(stdout) as UpgradeChecklist), code };
    });
    assert.ok(result);
    return result;
  }

  const stepOf = ({ steps }: UpgradeChecklist, id: UpgradeStepId): UpgradeStep | undefined =>
    steps.find((step) => step.id === id);
  const statesOf = (checklist: UpgradeChecklist, ...ids: readonly UpgradeStepId[]) =>
    ids.map((id) => stepOf(checklist, id)?.state);

  describe('a relay chain', function () {
    this.timeout(300_000);
    const para: RelayPara = { id: 1002, code: older };
    const config = { validation_upgrade_cooldown: 300, validation_upgrade_delay: 100, pvf_voting_ttl: 3 };
    const chain = useRelayChain(() => ({ activeConfig: config, paras: [para] }));

    it('gives its limits, the code in force and what is in flight', async () => {
      const checklist = await upgrade('--rpc', chain().url, '--para', '1002');
      assert.equal(checklist.code, 0);
      assert.equal(checklist.callsBy, 'chain');
      assert.equal(checklist.chain?.para?.id, 1002);
      assert.equal(checklist.chain?.para?.upgrade.currentCodeHash, pair?.older_blake2b_256);
      assert.deepEqual(
        statesOf(checklist, 'spec-name', 'spec-version', 'transaction-version', 'in-flight', 'restriction', 'cooldown'),
        Array.from({ length: 6 }, () => 'done'),
      );
      assert.match(stepOf(checklist, 'cooldown')?.text ?? '', /300 relay blocks \(about 30 min\)/);
      assert.match(stepOf(checklist, 'delay')?.text ?? '', /100 relay blocks \(about 10 min\)/);
      assert.match(stepOf(checklist, 'vote')?.text ?? '', /After 3 sessions/);
    });

    it('tells a vote on this code, and blocks on another upgrade and on a cooldown', async () => {
      const vote = { accept: 3, reject: 1, age: 1 };
      await chain().set({ paras: [{ ...para, future: newer, restricted: true, cooldownUntil: 301, vote }] });
      const ours = await upgrade('--rpc', chain().url, '--para', '1002');
      assert.deepEqual(statesOf(ours, 'in-flight', 'restriction', 'cooldown', 'vote'), [
        'done',
        'done',
        'done',
        'todo',
      ]);
      assert.match(
        stepOf(ours, 'vote')?.text ?? '',
        /^3 of 10 validators accept the code, 1 reject it, and 7 must accept it/,
      );
      await chain().set({
        paras: [{ ...para, future: new Uint8Array(64), restricted: true, cooldownUntil: 301, vote }],
      });
      const other = await upgrade('--rpc', chain().url, '--para', '1002');
      assert.deepEqual(statesOf(other, 'in-flight', 'restriction', 'cooldown'), ['blocked', 'blocked', 'blocked']);
      assert.match(stepOf(other, 'cooldown')?.text ?? '', /until relay block 301, about 30 min from now/);
    });

    it('tells when an accepted code is due, and the signals', async () => {
      await chain().set({ paras: [{ ...para, future: newer, restricted: true, enactedAt: 101 }] });
      const due = await upgrade('--rpc', chain().url, '--para', '1002');
      assert.equal(statesOf(due, 'vote')[0], 'done');
      assert.match(stepOf(due, 'delay')?.text ?? '', /relay block 101, about 10 min from now/);
      await chain().set({ paras: [{ ...para, goAhead: 'Abort' }] });
      assert.deepEqual(statesOf(await upgrade('--rpc', chain().url, '--para', '1002'), 'go-ahead'), ['blocked']);
    });

    it('fails for the code that the parachain runs already', async () => {
      await chain().set({ paras: [{ ...para, code: newer }] });
      const same = await upgrade('--rpc', chain().url, '--para', '1002');
      assert.equal(same.code, 1);
      assert.deepEqual(statesOf(same, 'code-hash', 'spec-version'), ['blocked', 'blocked']);
    });

    it('gives its limits alone without an id, and refuses an id that it does not have', async () => {
      const alone = await upgrade('--rpc', chain().url);
      assert.equal(alone.callsBy, 'blob');
      assert.deepEqual(statesOf(alone, 'spec-version', 'restriction', 'delay'), ['unknown', 'unknown', 'todo']);
      await withCli(async (cli) => {
        const ended = await cli.run(['upgrade', '--rpc', chain().url, '--para', '4000', file]);
        assert.deepEqual([ended.code, ended.stdout], [2, '']);
        assert.match(ended.stderr, /no parachain 4000/);
      });
    });
  });

  describe('a parachain', function () {
    this.timeout(300_000);
    const chain = useParachain(
      () => older,
      () => ({}),
    );

    it('gives its code, its versions and its own metadata', async () => {
      const checklist = await upgrade('--rpc', chain().url);
      assert.equal(checklist.callsBy, 'chain');
      assert.equal(checklist.chain?.kind, 'parachain');
      assert.deepEqual(statesOf(checklist, 'spec-name', 'spec-version', 'authorize'), ['done', 'done', 'todo']);
      const authorize = checklist.calls.find(({ id }) => id === 'authorize');
      assert.equal(authorize?.data, `0x0009${pair?.newer_blake2b_256.slice(2)}`);
    });
  });
});
