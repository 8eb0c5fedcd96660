import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { acceptedBlob } from './support/blobs.ts';
import { useProject } from './support/project.ts';
import { useSettings } from './support/settings.ts';
import { SLOW_MS, until } from './support/until.ts';

const activeInput = (): unknown => vscode.window.tabGroups.activeTabGroup.activeTab?.input;

describe('the editor for runtimes', function () {
  this.timeout(SLOW_MS);
  useSettings();
  const project = useProject('editor-runtime');

  it('opens by command only', async () => {
    project.build(acceptedBlob());
    const uri = vscode.Uri.file(project.blob);
    await vscode.commands.executeCommand('vscode.open', uri);
    assert(!(activeInput() instanceof vscode.TabInputCustom));
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.commands.executeCommand('pvf.openAs', uri);
    const input = await until('the editor', activeInput, (shown) => shown instanceof vscode.TabInputCustom);
    assert(input instanceof vscode.TabInputCustom);
    assert.deepEqual([input.viewType, input.uri.fsPath], ['pvf.blob', project.blob]);
  });

  it('opens a file that is no runtime', async () => {
    const file = project.write('notes.json', '{"no": "chain spec"}');
    await vscode.commands.executeCommand('vscode.openWith', vscode.Uri.file(file), 'pvf.blob');
    const input = await until('the editor', activeInput, (shown) => shown instanceof vscode.TabInputCustom);
    assert(input instanceof vscode.TabInputCustom && input.uri.fsPath === file);
  });
});

describe('Open Source', function () {
  this.timeout(SLOW_MS);
  useSettings();
  const project = useProject('source-runtime');

  it('opens a function of the workspace at its line', async () => {
    project.write('runtime/src/fees.rs', '// fn fee\npub struct Fees;\nimpl Fees {\n    pub fn fee() {}\n}\n');
    project.build(acceptedBlob(3));
    await vscode.commands.executeCommand('pvf.refresh');
    const argument = { symbol: 'source_runtime::fees::Fees::fee', runtimeId: project.id };
    await vscode.commands.executeCommand('pvf.openSource', argument);
    const editor = vscode.window.activeTextEditor;
    assert.equal(editor?.document.uri.fsPath, project.path('runtime/src/fees.rs'));
    assert.equal(editor.document.getText(editor.selection), 'fn fee');
  });
});
