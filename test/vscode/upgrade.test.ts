import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import * as vscode from 'vscode';
import { accepted, unanswered } from './support/answers.ts';
import { acceptedBlob } from './support/blobs.ts';
import { codeHash } from './support/code-hash.ts';
import { useProject } from './support/project.ts';
import { useSettings } from './support/settings.ts';
import { closeTabs, openedTab } from './support/tabs.ts';
import { SLOW_MS, until } from './support/until.ts';

describe('pvf.upgradeChecklist', function () {
  this.timeout(SLOW_MS);
  useSettings({ onChange: 'off' });
  const project = useProject('upgraded-runtime');
  afterEach(closeTabs);

  it('prepares the present blob and opens its page', async () => {
    project.build(acceptedBlob(1));
    await vscode.commands.executeCommand('pvf.refresh');
    // At once, before a watcher can notice the change.
    project.build(acceptedBlob(2));
    const page = String(await unanswered('pvf.upgradeChecklist', { runtimeId: project.id }));
    await openedTab('Upgrade upgraded-runtime');
    assert.match(page, /^# Upgrade to /);
    assert.match(page, /- \[x\] The check passes\./);
    assert.ok(page.includes(codeHash(readFileSync(project.blob))));
    // The workspace is trusted, so the reason is the module.
    assert.match(page, /There is no call data\. The runtime could not be run to read its metadata/);
  });

  it('copies the page on request', async () => {
    await vscode.env.clipboard.writeText('');
    const page = await accepted('pvf.upgradeChecklist', { runtimeId: project.id });
    await vscode.commands.executeCommand('notification.acceptPrimaryAction');
    const copied = await until('the page on the clipboard', async () => vscode.env.clipboard.readText(), Boolean);
    assert.equal(copied.split('Created by')[0], String(page).split('Created by')[0]);
  });
});
