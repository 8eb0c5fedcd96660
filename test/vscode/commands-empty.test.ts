import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { type CommandId, commandIds } from '../../src/editor/contributions.ts';
import { activated } from './support/activated.ts';
import { unanswered } from './support/answers.ts';
import { logText } from './support/log.ts';
import { useSettings } from './support/settings.ts';
import { closeTabs } from './support/tabs.ts';
import { SLOW_MS, until } from './support/until.ts';

/** Results without a runtime. Absent: undefined. */
const returned: Readonly<Partial<Record<CommandId, unknown>>> = { 'pvf.prepareAll': [] };

describe('the commands without a runtime', function () {
  this.timeout(SLOW_MS);
  useSettings();
  afterEach(closeTabs);

  it('are all registered', async () => {
    await activated();
    const known = await vscode.commands.getCommands();
    assert.deepEqual(
      commandIds.filter((id) => !known.includes(id)),
      [],
    );
  });

  for (const id of commandIds) {
    it(`${id} ends without an error`, async () => {
      const before = logText().length;
      assert.deepEqual(await unanswered(id), returned[id]);
      const failed = logText()
        .slice(before)
        .split('\n')
        .filter((line) => line.includes(`[error] ${id}:`));
      // The test rig refuses to show modal dialogs.
      const isRefused = (line: string) => id === 'pvf.buildWorker' && line.includes('refused to show dialog in tests');
      assert.deepEqual(
        failed.filter((line) => !isRefused(line)),
        [],
      );
    });
  }

  it('ignore invalid arguments', async () => {
    const odd = [null, 3, 'x', {}, { runtimeId: 'unknown' }, { fsPath: 3 }, { findingId: 3 }];
    for (const argument of odd) assert.equal(await unanswered('pvf.prepare', argument), undefined);
  });

  it('report an absent file', async () => {
    const file = vscode.Uri.file('/nowhere/at/all.wasm');
    assert.equal(await unanswered('pvf.prepare', file), undefined);
    await until('the warning in the log', logText, (text) => /\[warning\] .*\/nowhere\/at\/all\.wasm/.test(text));
  });

  it('open the page of a finding that no runtime has', async () => {
    await vscode.commands.executeCommand('pvf.explain', 'not-compressed');
    const uri = vscode.Uri.from({
      scheme: 'polkadot-pvf',
      path: '/explain/not-compressed.pvf.md',
      query: 'not-compressed',
    });
    const { getText } = await vscode.workspace.openTextDocument(uri);
    assert.match(getText(), /No runtime in this workspace has this finding/);
  });

  it('offer to pick a file', async () => {
    let hasEnded = false;
    const command = Promise.resolve(vscode.commands.executeCommand('pvf.prepare')).finally(() => {
      hasEnded = true;
    });
    // Only the button clears the notification. Closes the dialog that it opens.
    const accept = async () => {
      await vscode.commands.executeCommand('notification.acceptPrimaryAction');
      await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
      return hasEnded;
    };
    await until('the button', accept, (has) => has);
    assert.equal(await command, undefined);
  });
});
