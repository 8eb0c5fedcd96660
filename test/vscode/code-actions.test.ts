import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { acceptedBlob, blobWithoutValidateBlock } from './support/blobs.ts';
import { findingsIn, problemsIn } from './support/problems.ts';
import { useProject } from './support/project.ts';
import { useSettings } from './support/settings.ts';
import { SLOW_MS, until } from './support/until.ts';

async function actionsAt(file: string, range: vscode.Range): Promise<vscode.CodeAction[]> {
  const uri = vscode.Uri.file(file);
  await vscode.workspace.openTextDocument(uri);
  const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
    'vscode.executeCodeActionProvider',
    uri,
    range,
  );
  return actions.filter(({ command }) => command?.command.startsWith('pvf.'));
}

describe('the lightbulb of a finding', function () {
  this.timeout(SLOW_MS);
  useSettings();
  const project = useProject('lightbulb-runtime');
  const id = 'no-validate-block';
  const problemIn = async (file: string, finding: string) => {
    await until(
      finding,
      () => findingsIn(file),
      (ids) => ids.includes(finding),
    );
    const problem = problemsIn(file).find(({ code }) => typeof code === 'object' && code.value === finding);
    assert(problem);
    return problem;
  };

  it('explains a warning, and does not offer to allow it', async () => {
    project.build(acceptedBlob(1));
    const { range } = await problemIn(project.buildScript, 'not-compressed');
    const actions = await actionsAt(project.buildScript, range);
    assert.deepEqual(
      actions.map(({ command }) => command?.command),
      ['pvf.explain'],
    );
    assert.equal(actions[0]?.kind?.value, vscode.CodeActionKind.QuickFix.value);
  });

  it('allows an error, which then leaves Problems without a new build', async () => {
    project.build(blobWithoutValidateBlock());
    const { range } = await problemIn(project.lib, id);
    const actions = await actionsAt(project.lib, range);
    const command = actions.find((action) => action.command?.command === 'pvf.allow')?.command;
    assert(command);
    await vscode.commands.executeCommand(command.command, ...(command.arguments ?? []));
    const allowed = () => vscode.workspace.getConfiguration('pvf', vscode.Uri.file(project.manifest)).get('allow');
    assert.deepEqual(allowed(), [id]);
    await until(
      'no problem',
      () => findingsIn(project.lib),
      (ids) => !ids.includes(id),
    );
    await vscode.workspace.getConfiguration('pvf').update('allow', undefined, vscode.ConfigurationTarget.Workspace);
    await until(
      'the problem again',
      () => findingsIn(project.lib),
      (ids) => ids.includes(id),
    );
  });
});

describe('the hover', function () {
  this.timeout(SLOW_MS);
  useSettings();
  const project = useProject('hover-runtime');

  const hoverAt = async (file: string, position: vscode.Position) => {
    const uri = vscode.Uri.file(file);
    await vscode.workspace.openTextDocument(uri);
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', uri, position);
    return hovers
      .flatMap(({ contents }) => contents)
      .map((content) => (typeof content === 'string' ? content : content.value))
      .join('\n');
  };

  it('shows the conclusion and the limits on the package name', async () => {
    project.build(acceptedBlob(2));
    const document = await vscode.workspace.openTextDocument(project.manifest);
    const position = document.positionAt(document.getText().indexOf('hover-runtime') + 1);
    const text = await until(
      'a hover',
      () => hoverAt(project.manifest, position),
      (shown) => shown.includes('Stored size'),
    );
    assert.match(text, /left\. The relay chain refuses/);
    assert.equal(await hoverAt(project.manifest, new vscode.Position(0, 0)), '');
  });

  it('explains a finding on its diagnostic', async () => {
    await until(
      'the finding',
      () => findingsIn(project.buildScript),
      (ids) => ids.includes('not-compressed'),
    );
    const [problem] = problemsIn(project.buildScript);
    assert(problem);
    const text = await hoverAt(project.buildScript, problem.range.start);
    assert.match(text, /`not-compressed`: \*\*/);
    assert.match(text, /command:pvf\.explain/);
  });
});
