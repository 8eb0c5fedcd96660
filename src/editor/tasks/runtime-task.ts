import path from 'node:path';
import { ProcessExecution, Task, TaskGroup, TaskRevealKind, TaskScope, Uri, workspace } from 'vscode';
import { problemMatcher, taskType } from '../contributions.ts';
import type { Runtime } from '../model.ts';
import type { Translate } from '../translate.ts';

export type RuntimeTask = 'check' | 'build';

/** cargo on the crate of a runtime; undefined where the crate is not known. */
export function runtimeTask(runtime: Runtime, what: RuntimeTask, t: Translate): Task | undefined {
  const { manifestPath, name, workspaceFolder } = runtime;
  if (manifestPath === undefined) return undefined;
  const uri = Uri.file(manifestPath);
  const given = workspace.getConfiguration('pvf', uri).get<readonly unknown[]>('buildArguments', ['--release']);
  const extra = given.filter((one) => typeof one === 'string');
  const args = [what, '--manifest-path', manifestPath, ...(what === 'build' ? extra : [])];
  const execution = new ProcessExecution('cargo', args, {
    cwd: workspaceFolder ?? path.dirname(manifestPath),
    // A check has no use for the blob, whose build is most of the time.
    ...(what === 'check' ? { env: { SKIP_WASM_BUILD: '1' } } : {}),
  });
  const definition = { type: taskType, task: what, manifest: manifestPath };
  const scope = workspace.getWorkspaceFolder(uri) ?? TaskScope.Workspace;
  const label = what === 'build' ? t('build {0}', name) : t('check {0}', name);
  const task = new Task(definition, scope, label, 'PVF', execution, [problemMatcher]);
  task.group = TaskGroup.Build;
  task.presentationOptions = { reveal: TaskRevealKind.Always, focus: false, clear: true };
  return task;
}
