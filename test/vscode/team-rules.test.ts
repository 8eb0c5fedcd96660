/** A team's `pvf.json` in the editor. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import * as vscode from 'vscode';
import { acceptedBlob } from './support/blobs.ts';
import { usePrepared } from './support/prepared.ts';
import { useProject } from './support/project.ts';
import { useSettings } from './support/settings.ts';
import { closeTabs } from './support/tabs.ts';
import { SLOW_MS, until } from './support/until.ts';

describe('pvf.json', function () {
  this.timeout(SLOW_MS);
  useSettings({ onChange: 'prepare' });
  const project = useProject('ruled-runtime');
  const prepared = usePrepared();
  afterEach(closeTabs);

  /** Of VS Code's own JSON language server, which reads the schema of the extension. */
  async function schemaProblems(file: string, isWanted: (messages: readonly string[]) => boolean) {
    const uri = vscode.Uri.file(file);
    await vscode.window.showTextDocument(uri);
    const read = () => vscode.languages.getDiagnostics(uri).map(({ message }) => message);
    return until('the problems of the schema', read, isWanted);
  }

  it('limits the next check, and a change of it checks again', async () => {
    project.write('pvf.json', JSON.stringify({ budget: { storedBytes: 10 } }));
    project.build(acceptedBlob(1));
    await vscode.commands.executeCommand('pvf.prepare', { runtimeId: project.id });
    const strict = await prepared.wait(project.blob, ({ conclusion }) => conclusion.status === 'fail');
    assert.deepEqual(strict.conclusion.because, ['over-limit-stored-bytes-budget']);
    project.write('pvf.json', JSON.stringify({ budget: { storedBytes: 1_000_000 } }));
    await prepared.wait(project.blob, ({ conclusion }) => conclusion.status === 'pass');
  });

  it('gets a budget from a result', async () => {
    const file = project.write('pvf.json', '{\n  "allow": []\n}\n');
    await vscode.commands.executeCommand('pvf.createBudget', { runtimeId: project.id });
    const read = () => JSON.parse(readFileSync(file, 'utf8')) as { budget?: { storedBytes?: number }; allow?: unknown };
    const { budget, allow } = await until('the budget', read, (value) => value.budget !== undefined);
    assert.ok((budget?.storedBytes ?? 0) > readFileSync(project.blob).length);
    assert.deepEqual(allow, []);
    assert.deepEqual(await schemaProblems(file, (messages) => messages.length === 0), []);
  });

  it('is validated while it is edited', async () => {
    const file = project.write('pvf.json', '{ "budgit": {}, "near": "much" }\n');
    const messages = await schemaProblems(file, (found) => found.length > 1);
    assert.match(messages.join('\n'), /budgit/);
  });
});
