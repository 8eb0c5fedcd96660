import assert from 'node:assert/strict';
import type { Report } from '../../../../src/model/report.ts';
import { upgradeSteps } from '../../../../src/model/upgrade/steps.ts';
import { accepted, inspected, overLimit, rejected, undecided } from '../../../support/sample-reports.ts';
import { chainWith, codeHash, otherHash, stepOf, upgradeFacts } from '../../../support/upgrade-facts.ts';

const { chain: _, ...withoutChain } = upgradeFacts;
const states = (facts: Partial<typeof upgradeFacts>) =>
  Object.fromEntries(upgradeSteps({ ...upgradeFacts, ...facts }).map(({ id, state }) => [id, state]));

function withRuntime(runtime: Partial<Report['runtime']>): Report {
  return { ...accepted, runtime: { ...accepted.runtime, ...runtime } };
}

describe('upgradeSteps', () => {
  it('has all steps in their order when everything is known and good', () => {
    const known = { ...accepted, metadata: { changes: [] } };
    assert.deepEqual(Object.entries(states({ report: known })), [
      ...['check', 'file', 'code-hash', 'spec-name', 'spec-version', 'transaction-version'].map((id) => [id, 'done']),
      ...['authorize', 'preimage', 'apply'].map((id) => [id, 'todo']),
      ...['code-size', 'in-flight', 'restriction', 'cooldown'].map((id) => [id, 'done']),
      ...['vote', 'delay', 'go-ahead'].map((id) => [id, 'todo']),
      ...['nodes', 'proof-size'].map((id) => [id, 'done']),
    ]);
  });

  it('follows the conclusion of the check', () => {
    assert.equal(stepOf('check', { report: rejected }).state, 'blocked');
    assert.equal(stepOf('check', { report: undecided }).state, 'unknown');
    const { outcome: __, ...unprepared } = accepted;
    assert.equal(stepOf('check', { report: { ...unprepared, vote: 'undecided' } }).state, 'todo');
  });

  it('takes only the compressed file', () => {
    assert.match(stepOf('file', { report: overLimit }).text, /^This is the compact file\. Use the compressed one/);
    assert.equal(stepOf('file', { report: overLimit }).state, 'blocked');
    assert.match(stepOf('file', { report: inspected }).text, /^This is the bloaty file/);
    assert.equal(stepOf('file', { report: withRuntime({ container: 'hex' }) }).state, 'todo');
    const outdated = { id: 'stale-compression', severity: 'warning', message: 'It is old.' } as const;
    assert.equal(stepOf('file', { report: { ...accepted, findings: [outdated] } }).state, 'blocked');
  });

  it('refuses what the chain would refuse', () => {
    const present = { ...upgradeFacts.present };
    assert.match(stepOf('spec-name', { present: { ...present, specName: 'basilisk' } }).text, /InvalidSpecName/);
    for (const specVersion of [408, 409]) {
      const { state, text } = stepOf('spec-version', { present: { ...present, specVersion } });
      assert.equal(state, 'blocked');
      assert.match(text, /SpecVersionNeedsToIncrease/);
    }
    assert.equal(stepOf('code-hash', { present: { ...present, codeHash } }).state, 'blocked');
    const { specName: __, specVersion: ___, ...runtime } = accepted.runtime;
    const versionless = { report: { ...accepted, runtime } };
    assert.match(stepOf('spec-version', versionless).text, /FailedToExtractRuntimeVersion/);
    assert.equal(stepOf('spec-name', versionless).state, 'blocked');
  });

  it('says what nobody can know without a chain', () => {
    const { present: __, ...unknown } = withoutChain;
    const { maxCodeSize, pending } = upgradeFacts.limits;
    const found = upgradeSteps({ ...unknown, limits: { maxCodeSize, pending } });
    const ids = found.filter(({ state }) => state === 'unknown').map(({ id }) => id);
    assert.deepEqual(ids, [
      ...['spec-name', 'spec-version', 'transaction-version', 'restriction', 'cooldown', 'delay', 'proof-size'],
    ]);
    assert.ok(!found.some(({ id }) => id === 'in-flight'));
    assert.match(found.find(({ id }) => id === 'vote')?.text ?? '', /pvf_voting_ttl\) is not known/);
  });

  it('compares the size with max_code_size, now and later', () => {
    const limits = { ...upgradeFacts.limits };
    assert.match(stepOf('code-size', { limits: { ...limits, maxCodeSize: 3_135_112 } }).text, /is over max_code_size/);
    assert.equal(stepOf('code-size', { limits: { ...limits, maxCodeSize: 3_135_113 } }).state, 'done');
    const pending = [{ maxCodeSize: 3_000_000, fromSession: 12_345 }];
    assert.match(stepOf('code-size', { limits: { ...limits, pending } }).text, /from session 12 345 on, 2\.86 MiB/);
    assert.equal(stepOf('code-size', { report: withRuntime({ storedBytes: 8 }) }).state, 'blocked');
  });

  it('gives delays in relay blocks and about in time', () => {
    assert.match(stepOf('cooldown').text, /14 400 relay blocks \(about 24 h\)/);
    assert.match(stepOf('delay').text, /600 relay blocks \(about 60 min\) .* at least 20 relay blocks \(about 2 min\)/);
  });

  it('waits for the end of a cooldown and of a restriction', () => {
    const chain = chainWith({ cooldownUntil: 1600, isRestricted: true });
    assert.deepEqual(
      [stepOf('cooldown', { chain }).state, stepOf('restriction', { chain }).state],
      ['blocked', 'blocked'],
    );
    assert.match(stepOf('cooldown', { chain }).text, /until relay block 1 600, about 60 min from now\./);
    const parachain = chainWith({ cooldownUntil: 1600 }, { kind: 'parachain' });
    assert.match(
      stepOf('cooldown', { chain: parachain }).text,
      /until relay block 1 600\. /,
      'its block is no relay block',
    );
  });

  it('counts the votes for this code', () => {
    const vote = { codeHash, accept: 18, reject: 1, validators: 300, sessions: 1 };
    const running = { futureCodeHash: codeHash, isRestricted: true, cooldownUntil: 15_000, vote } as const;
    const chain = chainWith(running);
    assert.match(
      stepOf('vote', { chain }).text,
      /^18 of 300 validators accept the code, 1 reject it, and 201 must accept it/,
    );
    assert.deepEqual(
      ['in-flight', 'restriction', 'cooldown', 'vote'].map((id) => states({ chain })[id]),
      ['done', 'done', 'done', 'todo'],
    );
    const lost = chainWith({ ...running, vote: { ...vote, reject: 100 } });
    assert.equal(stepOf('vote', { chain: lost }).state, 'blocked', '201 can no longer accept it');
  });

  it('blocks on the upgrade to another code', () => {
    const vote = { codeHash: otherHash, accept: 0, reject: 0, validators: 3, sessions: 0 };
    for (const upgrade of [{ vote }, { futureCodeHash: otherHash, enactedAt: 1200 }]) {
      const { state, text } = stepOf('in-flight', { chain: chainWith(upgrade) });
      assert.equal(state, 'blocked');
      assert.ok(text.includes(otherHash));
    }
  });

  it('says when an accepted code is due', () => {
    const chain = chainWith({ futureCodeHash: codeHash, enactedAt: 1100 });
    assert.equal(stepOf('vote', { chain }).state, 'done');
    assert.match(stepOf('delay', { chain }).text, /relay block 1 100, about 10 min from now/);
  });

  it('follows the signals', () => {
    assert.equal(stepOf('go-ahead', { chain: chainWith({ goAhead: 'abort' }) }).state, 'blocked');
    assert.match(stepOf('go-ahead', { chain: chainWith({ goAhead: 'go-ahead' }) }).text, /has given the go-ahead/);
  });

  it('says nothing about a relay chain to a chain of its own', () => {
    const found = upgradeSteps({ ...withoutChain, report: withRuntime({ isParachain: false }) });
    assert.deepEqual(
      found.filter(({ stage, id }) => stage === 'relay-chain' || id === 'proof-size'),
      [],
    );
  });

  it('compares both codes with max_pov_size', () => {
    const near = stepOf('proof-size', { limits: { ...upgradeFacts.limits, maxPovSize: 6_300_000 } });
    assert.match(near.text, /5\.95 MiB, near max_pov_size, 6\.01 MiB/);
    const over = stepOf('proof-size', { limits: { ...upgradeFacts.limits, maxPovSize: 5 * 1024 * 1024 } });
    assert.equal(over.state, 'todo');
    const { present: __, ...unknown } = upgradeFacts;
    assert.match(upgradeSteps(unknown).find(({ id }) => id === 'proof-size')?.text ?? '', /about 5\.98 MiB/);
  });

  it('says which nodes must be updated first', () => {
    const newer = { id: 'newer-host-functions', severity: 'information', message: 'Nodes must be new.' } as const;
    assert.equal(stepOf('nodes', { report: { ...accepted, findings: [newer] } }).state, 'todo');
    const error = { ...newer, severity: 'error' } as const;
    assert.equal(stepOf('nodes', { report: { ...accepted, findings: [error] } }).state, 'blocked');
  });

  it('says why there is no call data', () => {
    const calls = { kind: 'none', reason: 'Because.' } as const;
    assert.deepEqual(stepOf('authorize', { calls }), { state: 'unknown', text: 'There is no call data. Because.' });
  });
});
