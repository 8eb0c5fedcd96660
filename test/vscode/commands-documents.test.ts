import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { commandIds } from '../../src/editor/contributions.ts';
import { accepted, unanswered } from './support/answers.ts';
import { acceptedBlob } from './support/blobs.ts';
import { usePrepared } from './support/prepared.ts';
import { useProject } from './support/project.ts';
import { useSettings } from './support/settings.ts';
import { closeTabs, openedTab } from './support/tabs.ts';
import { SLOW_MS, until } from './support/until.ts';

const run = (id: (typeof commandIds)[number], ...args: unknown[]) => vscode.commands.executeCommand(id, ...args);

async function textOf(path: string, query = ''): Promise<string> {
  const document = await vscode.workspace.openTextDocument(vscode.Uri.from({ scheme: 'polkadot-pvf', path, query }));
  return document.getText();
}

describe('the documents that commands open', function () {
  this.timeout(SLOW_MS);
  useSettings({ onChange: 'off' });
  const older = useProject('older-runtime');
  const newer = useProject('newer-runtime');
  const prepared = usePrepared();
  afterEach(closeTabs);

  before(async () => {
    older.build(acceptedBlob(1));
    newer.build(acceptedBlob(2));
    await run('pvf.refresh');
  });

  it('pvf.showReport offers to prepare a runtime without a report, and opens the new report', async () => {
    await accepted('pvf.showReport', { runtimeId: older.id });
    assert.equal(prepared.of(older.blob).length, 1);
    await openedTab('older-runtime');
    assert.match(await textOf('/report/older-runtime.pvf.md', older.id), /accept/i);
  });

  it('pvf.showReport opens an existing report', async () => {
    await run('pvf.prepare', { runtimeId: older.id });
    await run('pvf.showReport', { runtimeId: older.id });
    await openedTab('older-runtime');
  });

  it('pvf.compare compares two runtimes', async () => {
    const both = [{ runtimeId: older.id }, { runtimeId: newer.id }];
    await run('pvf.compare', both[0], both);
    await openedTab('PVF comparison: older-runtime → newer-runtime');
  });

  it('pvf.compare compares the last two reports of one runtime', async () => {
    for (const mark of [3, 4]) {
      newer.build(acceptedBlob(mark));
      await run('pvf.refresh');
      await run('pvf.prepare', { runtimeId: newer.id });
    }
    await run('pvf.compare', { runtimeId: newer.id });
    await openedTab('PVF comparison: newer-runtime');
  });

  it('pvf.diagnose opens a text for a bug report', async () => {
    await run('pvf.diagnose');
    const { document } = (await until('an editor', () => vscode.window.activeTextEditor, Boolean)) ?? {};
    const text = document?.getText() ?? '';
    for (const part of [/^# Polkadot PVF/, /VS Code \d/, /pvf\.worker: "portable"/, /older-runtime/, /built-in/])
      assert.match(text, part);
  });

  it('pvf.clearHistory deletes the reports, and its button brings them back', async () => {
    await run('pvf.prepare', { runtimeId: older.id });
    assert.doesNotMatch(await textOf('/report/older-runtime.pvf.md', older.id), /has no report yet/);
    await accepted('pvf.clearHistory');
    assert.doesNotMatch(await textOf('/report/older-runtime.pvf.md', older.id), /has no report yet/);
    await unanswered('pvf.clearHistory');
    await until(
      'the report is gone',
      () => textOf('/report/older-runtime.pvf.md', older.id),
      (text) => text.includes('has no report yet'),
    );
    assert.equal(await unanswered('pvf.showReport', { runtimeId: older.id }), undefined);
  });
});
