import path from 'node:path';
import {
  type Disposable,
  ProcessExecution,
  Task,
  TaskGroup,
  TaskRevealKind,
  TaskScope,
  tasks,
  Uri,
  workspace,
} from 'vscode';
import { bundleFile } from '../../base/bundles.ts';
import type { BuildableId } from '../../toolchain/buildable.ts';
import { problemMatcher, taskType } from '../contributions.ts';
import type { Runtime, Translate } from '../model.ts';
import type { Services } from '../services.ts';

export type RuntimeTask = 'check' | 'build';
const kinds: readonly RuntimeTask[] = ['check', 'build'];

/** The tasks of type `pvf`: cargo check and build for each runtime's crate, and the builds of the workers. */
export function provideTasks(services: Services): Disposable {
  return tasks.registerTaskProvider(taskType, {
    provideTasks: () => [
      ...runtimeTasks(services),
      buildWorkerTask(services, 'worker'),
      buildWorkerTask(services, 'engine'),
    ],
    resolveTask: (task) => resolve(services, task),
  });
}

function runtimeTasks({ runtimes, t }: Services): Task[] {
  // Variants and profiles of one crate have the same tasks.
  const crates = new Map(runtimes.all.map((runtime) => [runtime.manifestPath, runtime]));
  return [...crates.values()].flatMap((runtime) => kinds.flatMap((kind) => runtimeTask(runtime, kind, t) ?? []));
}

/** A task of tasks.json keeps its definition, because VS Code identifies it by that. */
function resolve(services: Services, { definition, name, scope }: Task): Task | undefined {
  const task = taskFor(services, definition['task'], definition['manifest']);
  if (task?.execution === undefined) return undefined;
  return new Task(definition, scope ?? TaskScope.Workspace, name, 'PVF', task.execution, task.problemMatchers);
}

function taskFor(services: Services, name: unknown, manifest: unknown): Task | undefined {
  if (name === 'build-worker') return buildWorkerTask(services, 'worker');
  if (name === 'build-engine') return buildWorkerTask(services, 'engine');
  const kind = kinds.find((one) => one === name);
  const runtime = services.runtimes.all.find(
    ({ manifestPath }) => manifestPath !== undefined && manifestPath === manifest,
  );
  return kind === undefined || runtime === undefined ? undefined : runtimeTask(runtime, kind, services.t);
}

/** Runs cargo on a runtime's crate. Undefined if the crate is unknown. */
export function runtimeTask(runtime: Runtime, kind: RuntimeTask, t: Translate): Task | undefined {
  const { manifestPath, name, workspaceFolder } = runtime;
  if (manifestPath === undefined) return undefined;
  const uri = Uri.file(manifestPath);
  const setting = workspace.getConfiguration('pvf', uri).get<readonly unknown[]>('buildArguments', ['--release']);
  const extra = setting.filter((one) => typeof one === 'string');
  const args = [kind, '--manifest-path', manifestPath, ...(kind === 'build' ? extra : [])];
  const execution = new ProcessExecution('cargo', args, {
    cwd: workspaceFolder ?? path.dirname(manifestPath),
    // A check does not need the blob, whose build takes most of the time.
    ...(kind === 'check' ? { env: { SKIP_WASM_BUILD: '1' } } : {}),
  });
  const definition = { type: taskType, task: kind, manifest: manifestPath };
  const scope = workspace.getWorkspaceFolder(uri) ?? TaskScope.Workspace;
  const label = kind === 'build' ? t('build {0}', name) : t('check {0}', name);
  const task = new Task(definition, scope, label, 'PVF', execution, [problemMatcher]);
  task.group = TaskGroup.Build;
  task.presentationOptions = { reveal: TaskRevealKind.Always, focus: false, clear: true };
  return task;
}

/** Runs `pvf workers build` of the bundled CLI with VS Code's own Node. */
export function buildWorkerTask({ context, t }: Pick<Services, 'context' | 't'>, id: BuildableId): Task {
  const words = ['workers', 'build', ...(id === 'engine' ? ['--engine'] : [])];
  const cli = context.asAbsolutePath(`dist/${bundleFile('cli')}`);
  // Without the variable, Electron would start a second VS Code. Plain Node ignores it.
  const execution = new ProcessExecution(process.execPath, [cli, ...words], { env: { ELECTRON_RUN_AS_NODE: '1' } });
  const definition = { type: taskType, task: `build-${id}` };
  const name = id === 'worker' ? t('build the prepare worker') : t('build the native helper');
  const task = new Task(definition, TaskScope.Workspace, name, 'PVF', execution, []);
  task.presentationOptions = { reveal: TaskRevealKind.Always, clear: true };
  return task;
}
