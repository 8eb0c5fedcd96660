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

export type CrateTask = 'check' | 'build';
const kinds: readonly CrateTask[] = ['check', 'build'];

/** The tasks of type `pvf`: cargo check and build for each runtime's crate, built or not, and the builds of the workers. */
export function provideTasks(services: Services): Disposable {
  return tasks.registerTaskProvider(taskType, {
    provideTasks: () => [
      ...crateTasks(services),
      buildWorkerTask(services, 'worker'),
      buildWorkerTask(services, 'engine'),
    ],
    resolveTask: (task) => resolve(services, task),
  });
}

/** The crate of a runtime, whether built or not. */
export interface Crate {
  readonly name: string;
  readonly manifestPath: string;
  readonly workspaceFolder?: string;
  readonly isBuilt: boolean;
}

/** Variants and profiles of a runtime share one crate. */
export function cratesOf({ all, unbuilt }: Pick<Services['runtimes'], 'all' | 'unbuilt'>): Crate[] {
  const built = all.flatMap((runtime) => crateOf(runtime) ?? []);
  const others = unbuilt.map(({ crateName, manifestPath }) => ({ name: crateName, manifestPath, isBuilt: false }));
  return [...new Map([...others, ...built].map((crate) => [crate.manifestPath, crate])).values()];
}

/** Undefined if the crate is not known. */
export function crateOf({ name, manifestPath, workspaceFolder }: Runtime): Crate | undefined {
  if (manifestPath === undefined) return undefined;
  return { name, manifestPath, isBuilt: true, ...(workspaceFolder === undefined ? {} : { workspaceFolder }) };
}

function crateTasks({ runtimes, t }: Services): Task[] {
  return cratesOf(runtimes).flatMap((crate) => kinds.map((kind) => crateTask(crate, kind, t)));
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
  const crate = cratesOf(services.runtimes).find(({ manifestPath }) => manifestPath === manifest);
  return kind === undefined || crate === undefined ? undefined : crateTask(crate, kind, services.t);
}

/** Runs cargo on a runtime's crate. */
export function crateTask({ manifestPath, name, workspaceFolder }: Crate, kind: CrateTask, t: Translate): Task {
  const uri = Uri.file(manifestPath);
  const setting = workspace.getConfiguration('pvf', uri).get<readonly unknown[]>('buildArguments', ['--release']);
  const extra = setting.filter((one) => typeof one === 'string');
  const args = [kind, '--manifest-path', manifestPath, ...(kind === 'build' ? extra : [])];
  const execution = new ProcessExecution('cargo', args, {
    cwd: workspaceFolder ?? workspace.getWorkspaceFolder(uri)?.uri.fsPath ?? path.dirname(manifestPath),
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
