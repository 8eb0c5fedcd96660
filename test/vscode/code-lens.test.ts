import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { acceptedBlob } from './support/blobs.ts';
import { usePrepared } from './support/prepared.ts';
import { useProject } from './support/project.ts';
import { set, useSettings } from './support/settings.ts';
import { SLOW_MS, until } from './support/until.ts';

/** The code lenses of the extension, with the text below them. */
async function lensesIn(file: string): Promise<{ title: string; above: string }[]> {
  const document = await vscode.workspace.openTextDocument(file);
  const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
    'vscode.executeCodeLensProvider',
    document.uri,
    20,
  );
  return lenses
    .filter(({ command }) => command?.command.startsWith('pvf.'))
    .map(({ command, range }) => ({ title: command?.title ?? '', above: document.getText(range) }));
}

describe('the code lens', function () {
  this.timeout(SLOW_MS);
  useSettings();
  const project = useProject('lens-runtime');
  const prepared = usePrepared();

  it('is absent without a runtime', async () => {
    assert.deepEqual(await lensesIn(project.manifest), []);
  });

  for (const [where, above] of [
    ['manifest', 'lens-runtime'],
    ['lib', 'construct_runtime!'],
  ] as const) {
    it(`shows the last result above ${above}`, async () => {
      if (where === 'manifest') {
        project.build(acceptedBlob());
        await prepared.wait(project.blob);
      }
      const [lens] = await until(
        'the lens',
        () => lensesIn(project[where]),
        ([first]) => first !== undefined && /PVF (accepted|unusable)/.test(first.title),
      );
      assert.equal(lens?.above, above);
    });
  }

  it('can be disabled', async () => {
    await set('codeLens', false);
    assert.deepEqual(await lensesIn(project.lib), []);
    await set('codeLens', undefined);
  });
});
