import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { panelKinds } from '../../src/editor/contributions.ts';
import { acceptedBlob } from './support/blobs.ts';
import { useProject } from './support/project.ts';
import { useSettings } from './support/settings.ts';
import { closeTabs } from './support/tabs.ts';
import { SLOW_MS, until } from './support/until.ts';

/** The kinds of the open panels, which VS Code lists with a prefix. */
function panels(): string[] {
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  const types = tabs.flatMap(({ input }) => (input instanceof vscode.TabInputWebview ? input.viewType : []));
  return types.flatMap((type) => panelKinds.filter((kind) => type.endsWith(kind)));
}

describe('the commands of the charts', function () {
  this.timeout(SLOW_MS);
  useSettings({ onChange: 'off' });
  const project = useProject('charted-runtime');
  afterEach(closeTabs);

  before(async () => {
    project.build(acceptedBlob(1));
    await vscode.commands.executeCommand('pvf.refresh');
  });

  for (const [command, kind] of [
    ['pvf.showSizes', 'pvf.sizes'],
    ['pvf.showHistory', 'pvf.history'],
  ] as const) {
    it(`${command} opens one panel for a runtime`, async () => {
      await vscode.commands.executeCommand(command, { runtimeId: project.id });
      await until('the panel', panels, (open) => open.includes(kind));
      await vscode.commands.executeCommand(command, { runtimeId: project.id });
      assert.deepEqual(panels(), [kind]);
      const labels = vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ label }) => label));
      assert.match(labels.join(), /(Sizes|History) of charted-runtime/);
    });
  }
});
