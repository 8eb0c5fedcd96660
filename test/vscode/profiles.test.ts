import assert from 'node:assert/strict';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import * as vscode from 'vscode';
import type { Report } from '../../src/model/report.ts';
import { unanswered } from './support/answers.ts';
import { acceptedBlob } from './support/blobs.ts';
import { logText } from './support/log.ts';
import { usePrepared } from './support/prepared.ts';
import { rootFolder, useProject } from './support/project.ts';
import { useSettings } from './support/settings.ts';
import { SLOW_MS, until } from './support/until.ts';

const chain = {
  name: 'testchain',
  source: 'Configuration.ActiveConfig of testchain',
  date: '2026-11-01',
  maxCodeSize: 2_000_000,
  chain: 'testchain',
  rpc: 'ws://127.0.0.1:1',
  block: { number: 42, hash: `0x${'ab'.repeat(32)}` },
};

/** Picks the profile below the one in use. Accepting an empty list does nothing, so it tries until the list is there. */
async function pickNext(): Promise<void> {
  let hasEnded = false;
  const running = vscode.commands.executeCommand('pvf.selectProfile').then(() => {
    hasEnded = true;
  });
  await until(
    'the picker to end',
    async () => {
      await setTimeout(500);
      await vscode.commands.executeCommand('workbench.action.quickOpenSelectNext');
      await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      return hasEnded;
    },
    (has) => has,
  );
  await running;
}

describe('the profiles', function () {
  this.timeout(SLOW_MS);
  useSettings({ onChange: 'off', profile: undefined });
  const project = useProject('profile-runtime');
  const prepared = usePrepared();
  const folder = () => path.join(rootFolder(), '.pvf');
  const setting = () => vscode.workspace.getConfiguration('pvf', vscode.Uri.file(project.manifest));

  before(() => {
    mkdirSync(path.join(folder(), 'profiles'), { recursive: true });
    writeFileSync(path.join(folder(), 'profiles/testchain.json'), JSON.stringify(chain));
    project.build(acceptedBlob(60));
    return vscode.commands.executeCommand('pvf.refresh');
  });
  after(async () => {
    rmSync(folder(), { recursive: true, force: true });
    await setting().update('profile', undefined, vscode.ConfigurationTarget.Workspace);
  });

  it('are written to the settings of the workspace by the picker', async () => {
    await pickNext();
    assert.equal(setting().inspect('profile')?.workspaceValue, 'relay-5mib');
    await pickNext();
    assert.equal(setting().get('profile'), '.pvf/profiles/testchain.json');
  });

  it('of the workspace decide a check', async () => {
    const report = await vscode.commands.executeCommand<Report>('pvf.prepare', { runtimeId: project.id });
    assert.equal(report.limits.profile, 'testchain');
    assert.equal(report.limits.items.find(({ id }) => id === 'code-size')?.limit, 2_000_000);
  });

  it('that can not be fetched lead to an error with the endpoint', async () => {
    const before = logText().length;
    await unanswered('pvf.fetchLimits', { url: 'ws://127.0.0.1:1' });
    await until(
      'the error',
      () => logText().slice(before),
      (text) => text.includes('ws://127.0.0.1:1'),
    );
  });

  it('are tests, which prepare the runtime', async () => {
    await vscode.commands.executeCommand('workbench.view.testing.focus');
    await vscode.commands.executeCommand('testing.refreshTests');
    await vscode.commands.executeCommand('testing.runAll');
    const report = await prepared.wait(project.blob);
    assert.equal(report.limits.profile, 'testchain');
  });
});
