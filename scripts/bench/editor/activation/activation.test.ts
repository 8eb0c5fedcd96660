/**
 * Measures one activation in an extension host of its own: the times that VS Code reports, and wall-clock and CPU time.
 */
import assert from 'node:assert/strict';
import path from 'node:path';
import * as vscode from 'vscode';
import { eventually } from '../../../../test/ui/support/eventually.ts';
import { extensionName } from '../extension-name.ts';
import type { ActivationFigures } from '../figures.ts';
import { theExtension, writeFigures } from '../in-host.ts';
import { watchActivation } from './watch-activation.ts';

/** The extension's row in VS Code's table of activations. */
async function activationRow(): Promise<readonly string[]> {
  await vscode.commands.executeCommand('perfview.show');
  return eventually(
    'a row of the extension in Startup Performance',
    () => {
      const document = vscode.workspace.textDocuments.find(({ uri }) => uri.scheme === 'perf');
      const rows = (document?.getText() ?? '').split('\n').map((line) => line.split('|').map((cell) => cell.trim()));
      // Other tables have its name too. This one has seven columns.
      return rows.find(({ length, 1: name }) => name === extensionName && length === 9) ?? [];
    },
    ({ length }) => length > 0,
  );
}

describe('activation', function () {
  this.timeout(120_000);

  it('is measured', async () => {
    const extension = theExtension();
    assert.ok(!extension.isActive, 'the extension was active before the measurement');
    const { load, activate } = await measureActivation(extension);
    const [, , , loadCode, callActivate, finishActivate] = await activationRow();
    const figures: ActivationFigures = {
      loadCode: Number(loadCode),
      callActivate: Number(callActivate),
      finishActivate: Number(finishActivate),
      load,
      activate,
    };
    writeFigures(figures);
  });
});

async function measureActivation(extension: vscode.Extension<unknown>) {
  const activation = watchActivation(path.join(extension.extensionPath, 'dist/extension.cjs'));
  await extension.activate();
  const { load, activate } = activation;
  assert.ok(load && activate, 'VS Code no longer loads extensions with Module._load');
  return { load, activate };
}
