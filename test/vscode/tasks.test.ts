import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { acceptedBlob } from './support/blobs.ts';
import { useProject } from './support/project.ts';
import { useSettings } from './support/settings.ts';
import { SLOW_MS } from './support/until.ts';

describe('the tasks of type pvf', function () {
  this.timeout(SLOW_MS);
  useSettings({ onChange: 'off' });
  const one = useProject('one-runtime');
  const two = useProject('two-runtime');

  before(async () => {
    one.build(acceptedBlob(1));
    two.build(acceptedBlob(2));
    one.write('target/production/wbuild/one-runtime/one_runtime.wasm', acceptedBlob(3));
    await vscode.commands.executeCommand('pvf.refresh');
  });

  it('are check and build for each crate, and the builds of the workers', async () => {
    const tasks = await vscode.tasks.fetchTasks({ type: 'pvf' });
    assert.deepEqual(tasks.map(({ name }) => name).sort(), [
      'build one-runtime',
      'build the native helper',
      'build the prepare worker',
      'build two-runtime',
      'check one-runtime',
      'check two-runtime',
    ]);
  });

  it('run cargo on the crate in its workspace folder', async () => {
    const tasks = await vscode.tasks.fetchTasks({ type: 'pvf' });
    const build = tasks.find(({ name }) => name === 'build one-runtime');
    assert.deepEqual(build?.definition, { type: 'pvf', task: 'build', manifest: one.manifest });
    assert.ok(build.execution instanceof vscode.ProcessExecution);
    assert.equal(build.execution.process, 'cargo');
    assert.deepEqual(build.execution.args, ['build', '--manifest-path', one.manifest, '--release']);
    assert.deepEqual(build.scope, vscode.workspace.workspaceFolders?.[0]);
    assert.deepEqual(build.problemMatchers, ['$pvf-cargo']);
    assert.equal(build.group, vscode.TaskGroup.Build);
  });

  it('build workers with the bundled command line', async () => {
    const tasks = await vscode.tasks.fetchTasks({ type: 'pvf' });
    const commands = tasks
      .filter(({ definition }) => /^build-/.test(String(definition['task'])))
      .map(({ execution }) => (execution instanceof vscode.ProcessExecution ? execution.args.slice(1) : []));
    assert.deepEqual(commands, [
      ['workers', 'build'],
      ['workers', 'build', '--engine'],
    ]);
  });
});
