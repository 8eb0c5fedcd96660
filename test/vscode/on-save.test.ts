import assert from 'node:assert/strict';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import * as vscode from 'vscode';
import { acceptedBlob } from './support/blobs.ts';
import { usePrepared } from './support/prepared.ts';
import { useProject } from './support/project.ts';
import { set, useSettings } from './support/settings.ts';
import { SLOW_MS, until } from './support/until.ts';

/** The pvf tasks that started and ended in the running test. */
function useTasks() {
  const started: vscode.TaskExecution[] = [];
  const ended: vscode.TaskExecution[] = [];
  const isPvf = ({ task }: vscode.TaskExecution) => task.definition.type === 'pvf';
  let subscription: vscode.Disposable | undefined;
  beforeEach('listen to the tasks', () => {
    started.length = 0;
    ended.length = 0;
    subscription = vscode.Disposable.from(
      vscode.tasks.onDidStartTask(({ execution }) => isPvf(execution) && started.push(execution)),
      vscode.tasks.onDidEndTask(({ execution }) => isPvf(execution) && ended.push(execution)),
    );
  });
  afterEach('stop listening', () => subscription?.dispose());
  return { started, ended };
}

describe('pvf.onSave', function () {
  this.timeout(SLOW_MS);
  useSettings();
  const project = useProject('saved-runtime');
  const { started, ended } = useTasks();
  const prepared = usePrepared();
  const calls = () => (existsSync(cargoLog()) ? readFileSync(cargoLog(), 'utf8').trim().split('\n') : []);
  const cargoLog = () => project.path('runtime/cargo.log');
  const allEnded = () =>
    until(
      'the tasks to end',
      () => ended.length,
      (count) => count > 0 && count === started.length,
    );

  before(async () => {
    project.build(acceptedBlob(1));
    await vscode.commands.executeCommand('pvf.refresh');
  });
  beforeEach(() => rmSync(cargoLog(), { force: true }));
  afterEach(async () => {
    for (const execution of vscode.tasks.taskExecutions) execution.terminate();
    await until(
      'no task runs',
      () => vscode.tasks.taskExecutions.length,
      (count) => count === 0,
    );
  });

  async function save(file: string): Promise<void> {
    const document = await vscode.workspace.openTextDocument(file);
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, new vscode.Position(0, 0), '// saved\n');
    await vscode.workspace.applyEdit(edit);
    assert.equal(await document.save(), true);
  }

  it('check: runs cargo check in a visible task without building the blob', async () => {
    await set('onSave', 'check');
    await save(project.lib);
    await allEnded();
    assert.equal(started.length, 1);
    assert.equal(started[0]?.task.name, 'check saved-runtime');
    assert.deepEqual(started[0].task.definition, { type: 'pvf', task: 'check', manifest: project.manifest });
    assert.equal(started[0].task.presentationOptions.reveal, vscode.TaskRevealKind.Always);
    assert.deepEqual(calls(), [`SKIP_WASM_BUILD=1 cargo check --manifest-path ${project.manifest}`]);
  });

  it('build: builds with pvf.buildArguments, and the new blob is checked', async () => {
    await set('onSave', 'build');
    await set('buildArguments', ['--profile', 'production']);
    const made = project.write('made.wasm', acceptedBlob(2));
    project.write('runtime/cargo.sh', `cp '${made}' '${project.blob}'\n`);
    try {
      await save(project.lib);
      await prepared.wait(project.blob);
      await allEnded();
      assert.deepEqual(calls(), [
        `SKIP_WASM_BUILD= cargo build --manifest-path ${project.manifest} --profile production`,
      ]);
    } finally {
      rmSync(project.path('runtime/cargo.sh'));
      await set('buildArguments', undefined);
    }
  });

  it('restarts when a file is saved during the task', async () => {
    await set('onSave', 'check');
    // The first task waits until it is terminated, the second finds the file.
    project.write('runtime/cargo.sh', '[ -e "$crate/second" ] || { touch "$crate/second"; exec sleep 1000; }\n');
    try {
      await save(project.lib);
      await until('the first one runs', calls, ({ length }) => length === 1);
      await save(project.lib);
      await until('the second one runs', calls, ({ length }) => length === 2);
      await allEnded();
      assert.equal(started.length, 2);
    } finally {
      rmSync(project.path('runtime/cargo.sh'));
    }
  });

  it('runs once for several files saved at once', async () => {
    const other = project.write('runtime/src/weights.rs', '');
    for (const file of [project.lib, project.buildScript, other]) await vscode.workspace.openTextDocument(file);
    const edit = new vscode.WorkspaceEdit();
    for (const file of [project.lib, project.buildScript, other])
      edit.insert(vscode.Uri.file(file), new vscode.Position(0, 0), '// all\n');
    await vscode.workspace.applyEdit(edit);
    await vscode.workspace.saveAll();
    await allEnded();
    assert.equal(calls().length, 1);
  });

  it('runs for a file of a pallet that the runtime depends on by path', async () => {
    await set('onSave', 'check');
    const pallet = project.write('pallets/counted/src/lib.rs', '');
    const manifest = readFileSync(project.manifest, 'utf8');
    // The manifest ends with its dependencies.
    project.write('runtime/Cargo.toml', `${manifest}counted = { path = "../pallets/counted" }\n`);
    try {
      await save(pallet);
      await allEnded();
      assert.deepEqual(calls(), [`SKIP_WASM_BUILD=1 cargo check --manifest-path ${project.manifest}`]);
    } finally {
      project.write('runtime/Cargo.toml', manifest);
    }
  });

  it('ignores other files, and all files if off', async () => {
    const outside = project.write('pallet/src/lib.rs', '');
    await save(outside);
    await save(project.manifest);
    await set('onSave', 'off');
    await save(project.lib);
    await set('onSave', 'check');
    // Only this last save starts a task.
    await save(project.buildScript);
    await allEnded();
    assert.equal(calls().length, 1);
    await set('onSave', undefined);
    assert.equal(vscode.workspace.getConfiguration('pvf').get('onSave'), 'off');
  });
});
