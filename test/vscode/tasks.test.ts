import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { acceptedBlob, rejectedBlob } from './support/blobs.ts';
import { useProject } from './support/project.ts';
import { useSettings } from './support/settings.ts';
import { SLOW_MS, until } from './support/until.ts';

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

  it('are check, build and prepare for each crate, and the builds of the workers', async () => {
    const tasks = await vscode.tasks.fetchTasks({ type: 'pvf' });
    assert.deepEqual(tasks.map(({ name }) => name).sort(), [
      'build one-runtime',
      'build the native helper',
      'build the prepare worker',
      'build two-runtime',
      'check one-runtime',
      'check two-runtime',
      'prepare one-runtime',
      'prepare two-runtime',
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

  it('prepare the newest blob of a crate with the settings of the editor', async () => {
    const tasks = await vscode.tasks.fetchTasks({ type: 'pvf' });
    const prepare = tasks.find(({ name }) => name === 'prepare two-runtime');
    assert.deepEqual(prepare?.definition, { type: 'pvf', task: 'prepare', manifest: two.manifest });
    assert.ok(prepare.execution instanceof vscode.ProcessExecution);
    const [cli = '', ...args] = prepare.execution.args;
    assert.match(cli, /dist\/cli\.cjs$/);
    assert.deepEqual(args.slice(0, 5), ['prepare', '--format', 'line', '--worker', 'portable']);
    assert.equal(args.at(-1), two.blob);
    assert.deepEqual(prepare.problemMatchers, ['$pvf']);
  });

  it('put the findings into Problems', async () => {
    two.build(rejectedBlob());
    await vscode.commands.executeCommand('pvf.refresh');
    const tasks = await vscode.tasks.fetchTasks({ type: 'pvf' });
    const prepare = tasks.find(({ name }) => name === 'prepare two-runtime');
    assert.ok(prepare);
    assert.equal(await exitCodeOf(prepare), 1);
    // In the sources if the blob leads to its crate, otherwise at the blob.
    const problems = () =>
      vscode.languages
        .getDiagnostics()
        .filter(([uri]) => uri.fsPath.startsWith(two.folder))
        .flatMap(([, diagnostics]) => diagnostics.filter(({ source }) => source === 'pvf prepare'));
    await until('problems of the runtime', problems, ({ length }) => length > 0);
    const [problem] = problems();
    assert.equal(problem?.severity, vscode.DiagnosticSeverity.Error);
    assert.match(String(problem.code), /^[a-z-]+$/);
  });

  it('of tasks.json name a crate or files', async () => {
    const file = one.write('picked.wasm', acceptedBlob(4));
    const configuration = vscode.workspace.getConfiguration('tasks', vscode.workspace.workspaceFolders?.[0]?.uri);
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '';
    const tasks = [
      { type: 'pvf', task: 'prepare', crate: 'one-runtime', label: 'by crate' },
      { type: 'pvf', task: 'prepare', files: [`\${workspaceFolder}/${path.relative(folder, file)}`], label: 'by file' },
      { type: 'pvf', task: 'prepare', crate: 'no-such-runtime', label: 'of nothing' },
    ];
    await configuration.update('version', '2.0.0', vscode.ConfigurationTarget.WorkspaceFolder);
    await configuration.update('tasks', tasks, vscode.ConfigurationTarget.WorkspaceFolder);
    try {
      const find = async (label: string) => (await vscode.tasks.fetchTasks()).find(({ name }) => name === label);
      for (const label of ['by crate', 'by file']) {
        const task = await until(
          label,
          () => find(label),
          (found) => found !== undefined,
        );
        assert.ok(task);
        assert.equal(await exitCodeOf(task), 0, label);
      }
    } finally {
      rmSync(path.join(folder, '.vscode/tasks.json'));
    }
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

/** Runs a task to its end. */
async function exitCodeOf(task: vscode.Task): Promise<number | undefined> {
  let ended: vscode.TaskProcessEndEvent | undefined;
  const subscription = vscode.tasks.onDidEndTaskProcess((event) => {
    if (event.execution.task.name === task.name) ended = event;
  });
  try {
    await vscode.tasks.executeTask(task);
    await until(
      `${task.name} to end`,
      () => ended,
      (event) => event !== undefined,
    );
    return ended?.exitCode;
  } finally {
    subscription.dispose();
  }
}
