import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import * as vscode from 'vscode';
import { acceptedBlob, blobWithoutValidateBlock, rejectedBlob } from './support/blobs.ts';
import { usePrepared } from './support/prepared.ts';
import { findingsIn, problemsBelow, problemsIn } from './support/problems.ts';
import { useProject } from './support/project.ts';
import { set, useSettings } from './support/settings.ts';
import { SLOW_MS, until } from './support/until.ts';

/** The text that the first problem of a file underlines. */
function underlined(file: string): string | undefined {
  const [problem] = problemsIn(file);
  if (problem === undefined) return undefined;
  const { start, end } = problem.range;
  return readFileSync(file, 'utf8').split('\n')[start.line]?.slice(start.character, end.character);
}

describe('the Problems view', function () {
  this.timeout(SLOW_MS);
  useSettings();
  const project = useProject('problem-runtime');
  usePrepared();

  const shown = (file: string, id: string) =>
    until(
      `${id} in ${file}`,
      () => findingsIn(file),
      (ids) => ids.includes(id),
    );
  const gone = (file: string, id: string) =>
    until(
      `no ${id} in ${file}`,
      () => findingsIn(file),
      (ids) => !ids.includes(id),
    );

  it('shows the problems of a new blob with explanation and related information', async () => {
    project.build(acceptedBlob(1));
    await shown(project.buildScript, 'not-compressed');
    const [problem] = problemsIn(project.buildScript);
    assert.equal(problem?.severity, vscode.DiagnosticSeverity.Warning);
    assert.equal(problem.source, 'pvf');
    assert.equal(problem.relatedInformation?.[0]?.location.uri.fsPath, project.blob);
    assert.ok(typeof problem.code === 'object');
    const page = await vscode.workspace.openTextDocument(problem.code.target);
    assert.match(page.getText(), /^# `not-compressed`/);
    // The page may have been open before.
    await until(
      'the page names the blob',
      () => page.getText(),
      (text) => text.includes(project.blob),
    );
  });

  it('places problems of the build at the build script', async () => {
    assert.match(underlined(project.buildScript) ?? '', /WasmBuilder/);
    assert.deepEqual(findingsIn(project.lib), []);
  });

  it('shows a rejection as an error until it is fixed', async () => {
    const errors = () =>
      problemsBelow(project.folder).filter(({ severity }) => severity === vscode.DiagnosticSeverity.Error);
    project.build(rejectedBlob(1));
    await until('an error', errors, ({ length }) => length > 0);
    project.build(acceptedBlob(2));
    await until('no error', errors, ({ length }) => length === 0);
  });

  it('shows a missing validate_block at register_validate_block!', async () => {
    project.build(blobWithoutValidateBlock());
    await shown(project.lib, 'no-validate-block');
    assert.equal(problemsIn(project.lib)[0]?.severity, vscode.DiagnosticSeverity.Error);
    assert.match(underlined(project.lib) ?? '', /register_validate_block!$/);
    project.build(acceptedBlob(3));
    await gone(project.lib, 'no-validate-block');
  });

  it('shows it at construct_runtime! if register_validate_block! is missing', async () => {
    const sources = readFileSync(project.lib, 'utf8');
    project.write('runtime/src/lib.rs', sources.replace('register_validate_block!', 'register_nothing!'));
    project.build(blobWithoutValidateBlock());
    await shown(project.lib, 'no-validate-block');
    assert.equal(underlined(project.lib), 'construct_runtime!');
    // Not in the comment above.
    assert.equal(problemsIn(project.lib)[0]?.range.start.line, 1);
    project.write('runtime/src/lib.rs', sources);
    project.build(acceptedBlob(4));
    await gone(project.lib, 'no-validate-block');
  });

  it('shows problems of the whole crate at the package name', async () => {
    const budget = project.write('budget.json', JSON.stringify({ storedBytes: 10 }));
    await set('budget', budget);
    try {
      project.build(acceptedBlob(5));
      await shown(project.manifest, 'over-limit-stored-bytes-budget');
      assert.equal(underlined(project.manifest), 'problem-runtime');
    } finally {
      await set('budget', undefined);
    }
    project.build(acceptedBlob(6));
    await gone(project.manifest, 'over-limit-stored-bytes-budget');
  });

  it('removes the problems of a deleted build', async () => {
    project.build(rejectedBlob(7));
    await until(
      'a problem',
      () => problemsBelow(project.folder),
      ({ length }) => length > 0,
    );
    await project.remove();
    await until(
      'no problem',
      () => problemsBelow(project.folder),
      ({ length }) => length === 0,
    );
  });
});
