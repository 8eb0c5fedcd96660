/** One activation, in a host that was started for it: what VS Code says of it, and what its thread did meanwhile. */
import assert from 'node:assert/strict';
import path from 'node:path';
import * as vscode from 'vscode';
import { eventually } from '../../../../test/ui/support/eventually.ts';
import { extensionName } from '../extension-name.ts';
import type { ActivationFigures } from '../figures.ts';
import { tellFigures, theExtension } from '../in-host.ts';
import { watchSpending } from './spent.ts';

/** The row of the extension in the table that VS Code makes of all activations. */
async function activationRow(): Promise<readonly string[]> {
  await vscode.commands.executeCommand('perfview.show');
  return eventually(
    'a row of the extension in Startup Performance',
    () => {
      const document = vscode.workspace.textDocuments.find(({ uri }) => uri.scheme === 'perf');
      const rows = (document?.getText() ?? '').split('\n').map((line) => line.split('|').map((cell) => cell.trim()));
      // Its name stands in other tables too; this one has seven columns.
      return rows.find(({ length, 1: name }) => name === extensionName && length === 9) ?? [];
    },
    ({ length }) => length > 0,
  );
}

describe('activation', function () {
  this.timeout(120_000);

  it('is measured', async () => {
    const extension = theExtension();
    assert.ok(!extension.isActive, 'it was activated by something else');
    const { load, activate } = await spentInActivation(extension);
    const [, , , loadCode, callActivate, finishActivate] = await activationRow();
    const figures: ActivationFigures = {
      loadCode: Number(loadCode),
      callActivate: Number(callActivate),
      finishActivate: Number(finishActivate),
      load,
      activate,
    };
    tellFigures(figures);
  });
});

async function spentInActivation(extension: vscode.Extension<unknown>) {
  const spending = watchSpending(path.join(extension.extensionPath, 'dist/extension.cjs'));
  await extension.activate();
  const { load, activate } = spending;
  assert.ok(load && activate, 'VS Code loads extensions in another way than it did');
  return { load, activate };
}
