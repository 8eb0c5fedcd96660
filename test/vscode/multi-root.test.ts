import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { acceptedBlob } from './support/blobs.ts';
import { usePrepared } from './support/prepared.ts';
import { findingsIn, problemsBelow } from './support/problems.ts';
import { useProject } from './support/project.ts';
import { useSettings } from './support/settings.ts';
import { SLOW_MS, until } from './support/until.ts';

describe('a second workspace folder', function () {
  this.timeout(SLOW_MS);
  useSettings();
  let folder = '';
  // Not at once: the suite may be filtered out, and nobody would remove the folder.
  before('create the second folder', () => {
    folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'pvf-second-')));
  });
  const first = useProject('first-runtime');
  const second = useProject('second-runtime', () => folder);
  const prepared = usePrepared();

  const change = async (start: number, remove: number, ...add: { uri: vscode.Uri }[]) => {
    const changed = new Promise((resolve) => {
      const subscription = vscode.workspace.onDidChangeWorkspaceFolders((event) => {
        subscription.dispose();
        resolve(event);
      });
    });
    assert.equal(vscode.workspace.updateWorkspaceFolders(start, remove, ...add), true);
    await changed;
  };
  const scopes = async () => {
    const tasks = await vscode.tasks.fetchTasks({ type: 'pvf' });
    return tasks
      .filter(({ definition }) => definition['task'] === 'build')
      .map(({ name, scope }) => [name, typeof scope === 'object' ? scope.uri.fsPath : undefined]);
  };

  before(() => {
    mkdirSync(path.join(folder, '.vscode'));
    writeFileSync(path.join(folder, '.vscode/settings.json'), JSON.stringify({ 'pvf.onChange': 'inspect' }));
    first.build(acceptedBlob(1));
  });
  after(async () => {
    if (vscode.workspace.workspaceFolders?.length === 2) await change(1, 1);
    rmSync(folder, { recursive: true });
  });

  it('adds its runtimes with their folder', async () => {
    await change(1, 0, { uri: vscode.Uri.file(folder) });
    second.build(acceptedBlob(2));
    const [opened] = vscode.workspace.workspaceFolders ?? [];
    const found = await until('both are found', scopes, ({ length }) => length === 2);
    assert.deepEqual(found, [
      ['build first-runtime', opened?.uri.fsPath],
      ['build second-runtime', folder],
    ]);
  });

  it('has its own settings', async () => {
    second.build(acceptedBlob(3));
    first.build(acceptedBlob(4));
    await prepared.wait(first.blob);
    await until(
      'it was inspected',
      () => findingsIn(second.buildScript),
      (ids) => ids.includes('not-compressed'),
    );
    assert.deepEqual(prepared.of(second.blob), []);
  });

  it('takes its runtimes and problems with it when removed', async () => {
    await until(
      'a problem',
      () => problemsBelow(folder),
      ({ length }) => length > 0,
    );
    await change(1, 1);
    await until(
      'no problem',
      () => problemsBelow(folder),
      ({ length }) => length === 0,
    );
    assert.deepEqual(
      (await scopes()).map(([name]) => name),
      ['build first-runtime'],
    );
    assert.notDeepEqual(findingsIn(first.buildScript), []);
  });
});
