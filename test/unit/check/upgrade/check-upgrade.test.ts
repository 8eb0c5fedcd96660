import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ExitGuard } from '../../../../src/base/exit-guard.ts';
import { silentLog } from '../../../../src/base/log.ts';
import { CheckSession } from '../../../../src/check/session.ts';
import { checkUpgrade, type UpgradeOptions } from '../../../../src/check/upgrade/check-upgrade.ts';
import { readRuntime } from '../../../../src/runtime/blob.ts';
import { inspect } from '../../../../src/runtime/inspect.ts';
import { environmentIn, plainSettings } from '../../../support/check-environment.ts';
import { plainPvf } from '../../../support/plain-pvf.ts';
import { accepted } from '../../../support/sample-reports.ts';

describe('checkUpgrade', () => {
  let folder = '';
  let guard: ExitGuard;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'pvf-upgrade-'));
    guard = new ExitGuard();
  });
  afterEach(() => {
    guard[Symbol.dispose]();
    rmSync(folder, { recursive: true, force: true });
  });

  async function upgrade(change: Partial<UpgradeOptions>) {
    const file = join(folder, 'plain.wasm');
    writeFileSync(file, plainPvf);
    const blob = await readRuntime(file);
    const environment = environmentIn({ folder, cacheFolder: join(folder, 'cache'), log: silentLog, guard });
    await using session = new CheckSession(environment, { inspect });
    const { signal } = new AbortController();
    const options = { session, settings: plainSettings, kind: 'inspect', signal, ...change } as const;
    return await checkUpgrade(change.report === undefined ? blob : undefined, options);
  }

  it('runs no code of an untrusted workspace, and says why there is no call data', async () => {
    const { checklist, calls } = await upgrade({});
    assert.equal(calls.kind, 'none');
    const authorize = checklist.steps.find(({ id }) => id === 'authorize');
    assert.match(authorize?.text ?? '', /There is no call data\. .* trust the workspace/);
    assert.deepEqual([checklist.calls, checklist.callsBy], [[], undefined]);
  });

  it('takes no earlier build for the code on chain', async () => {
    const file = join(folder, 'plain.wasm');
    writeFileSync(file, plainPvf);
    const stateOf = async (baselineIs: 'build' | 'chain') => {
      const { checklist } = await upgrade({ settings: { ...plainSettings, baseline: file, baselineIs } });
      return checklist.steps.find(({ id }) => id === 'spec-version')?.state;
    };
    assert.deepEqual([await stateOf('build'), await stateOf('chain')], ['unknown', 'blocked']);
  });

  it('keeps the conclusion of an earlier report whose blob is gone', async () => {
    const { checklist } = await upgrade({ report: accepted });
    assert.deepEqual([checklist.vote, checklist.conclusion.status], ['accept', 'pass']);
    assert.match(checklist.steps.find(({ id }) => id === 'authorize')?.text ?? '', /no longer has the code/);
  });
});
