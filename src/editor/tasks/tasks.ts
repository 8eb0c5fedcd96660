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
import type { Runtime } from '../model.ts';
import type { Services } from '../services.ts';
import type { Translate } from '../translate.ts';

export type RuntimeTask = 'check' | 'build';
const kinds: readonly RuntimeTask[] = ['check', 'build'];

/** The tasks of type `pvf`: check and build each runtime's crate, and build a worker. */
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

/** A task of tasks.json keeps its own definition, because VS Code identifies it by that. */
function resolve(services: Services, { definition, name, scope }: Task): Task | undefined {
  const task = taskFor(services, definition['task'], definition['manifest']);
  if (task?.execution === undefined) return undefined;
  return new Task(definition, scope ?? TaskScope.Workspace, name, 'PVF', task.execution, task.problemMatchers);
}

function taskFor(services: Services, what: unknown, manifest: unknown): Task | undefined {
  if (what === 'build-worker') return buildWorkerTask(services, 'worker');
  if (what === 'build-engine') return buildWorkerTask(services, 'engine');
  const kind = kinds.find((one) => one === what);
  const runtime = services.runtimes.all.find(
    ({ manifestPath }) => manifestPath !== undefined && manifestPath === manifest,
  );
  return kind === undefined || runtime === undefined ? undefined : runtimeTask(runtime, kind, services.t);
}

/** Runs cargo on the crate of a runtime. Undefined when the crate is not known. */
export function runtimeTask(runtime: Runtime, what: RuntimeTask, t: Translate): Task | undefined {
  const { manifestPath, name, workspaceFolder } = runtime;
  if (manifestPath === undefined) return undefined;
  const uri = Uri.file(manifestPath);
  const setting = workspace.getConfiguration('pvf', uri).get<readonly unknown[]>('buildArguments', ['--release']);
  const extra = setting.filter((one) => typeof one === 'string');
  const args = [what, '--manifest-path', manifestPath, ...(what === 'build' ? extra : [])];
  const execution = new ProcessExecution('cargo', args, {
    cwd: workspaceFolder ?? path.dirname(manifestPath),
    // A check does not need the blob, and building it would take most of the time.
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

/** Runs `pvf workers build` of the bundled CLI with VS Code's own Node. */
export function buildWorkerTask({ context, t }: Pick<Services, 'context' | 't'>, what: BuildableId): Task {
  const words = ['workers', 'build', ...(what === 'engine' ? ['--engine'] : [])];
  const execution = new ProcessExecution(
    process.execPath,
    [context.asAbsolutePath(`dist/${bundleFile('cli')}`), ...words],
    {
      // Without it, Electron would start a second VS Code. Plain Node ignores it.
      env: { ELECTRON_RUN_AS_NODE: '1' },
    },
  );
  const definition = { type: taskType, task: `build-${what}` };
  const name = what === 'worker' ? t('build the prepare worker') : t('build the native helper');
  const task = new Task(definition, TaskScope.Workspace, name, 'PVF', execution, []);
  task.presentationOptions = { reveal: TaskRevealKind.Always, clear: true };
  return task;
}
