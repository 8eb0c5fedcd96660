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
  type WorkspaceFolder,
  workspace,
} from 'vscode';
import { bundleFile } from '../../base/bundles.ts';
import type { BuildableId } from '../../toolchain/buildable.ts';
import { cargoMatcher, prepareMatcher, taskType } from '../contributions.ts';
import { prepareArguments } from '../core/prepare-arguments.ts';
import type { Translate } from '../model.ts';
import type { Services } from '../services.ts';
import { type Crate, cratesOf, expectedBlob, newestBlob } from './crates.ts';
import { crateFor, filesOf, taskNameOf } from './task-definition.ts';

export type CrateTask = 'check' | 'build';

/**
 * The tasks of type `pvf`: cargo check, cargo build and `pvf prepare` for each runtime's crate, built or not, and the builds of
 * the workers.
 */
export function provideTasks(services: Services): Disposable {
  return tasks.registerTaskProvider(taskType, {
    provideTasks: () => [
      ...cratesOf(services.runtimes).flatMap((crate) => crateTasks(services, crate)),
      buildWorkerTask(services, 'worker'),
      buildWorkerTask(services, 'engine'),
    ],
    resolveTask: (task) => resolve(services, task),
  });
}

function crateTasks(services: Services, crate: Crate): Task[] {
  const { t } = services;
  return [crateTask(crate, 'check', t), crateTask(crate, 'build', t), prepareTask(services, crate)];
}

/** A task of tasks.json keeps its definition, because VS Code identifies it by that. */
async function resolve(services: Services, { definition, name, scope }: Task): Promise<Task | undefined> {
  const task = await taskFor(services, definition, typeof scope === 'object' ? scope : undefined);
  if (task?.execution === undefined) return undefined;
  return new Task(definition, scope ?? TaskScope.Workspace, name, 'PVF', task.execution, task.problemMatchers);
}

async function taskFor(
  services: Services,
  definition: Task['definition'],
  folder: WorkspaceFolder | undefined,
): Promise<Task | undefined> {
  const name = taskNameOf(definition);
  if (name === undefined) return undefined;
  if (name === 'build-worker') return buildWorkerTask(services, 'worker');
  if (name === 'build-engine') return buildWorkerTask(services, 'engine');
  const files = filesOf(definition);
  const cwd = (folder ?? workspace.workspaceFolders?.[0])?.uri.fsPath;
  if (name === 'prepare' && files.length > 0) return prepareFilesTask(services, files, cwd);
  const { runtimes, channel, t } = services;
  // A task may start before the first search has ended.
  if (runtimes.state === 'searching') await runtimes.refresh();
  const crate = crateFor(definition, cratesOf(runtimes), cwd);
  if (crate === undefined) {
    channel.warn(`The task ${JSON.stringify(definition)} can't run: no such crate of a runtime was found.`);
    return undefined;
  }
  return name === 'prepare' ? prepareTask(services, crate) : crateTask(crate, name, t);
}

/** Runs cargo on a runtime's crate. */
export function crateTask(crate: Crate, kind: CrateTask, t: Translate): Task {
  const { manifestPath, name } = crate;
  const args = [kind, '--manifest-path', manifestPath, ...(kind === 'build' ? buildArgumentsOf(crate) : [])];
  const execution = new ProcessExecution('cargo', args, {
    cwd: folderOf(crate),
    // A check does not need the blob, whose build takes most of the time.
    ...(kind === 'check' ? { env: { SKIP_WASM_BUILD: '1' } } : {}),
  });
  const label = kind === 'build' ? t('build {0}', name) : t('check {0}', name);
  const task = new Task(definitionOf(crate, kind), scopeOf(crate), label, 'PVF', execution, [cargoMatcher]);
  task.group = TaskGroup.Build;
  task.presentationOptions = { reveal: TaskRevealKind.Always, focus: false, clear: true };
  return task;
}

/** Runs `pvf prepare` of the bundled CLI on the newest blob of a crate, with the settings of the editor. */
function prepareTask(services: Services, crate: Crate): Task {
  const { runtimes, checks, t } = services;
  const blob = newestBlob(crate, runtimes.all) ?? expectedBlob(crate, buildArgumentsOf(crate), runtimes.searched);
  const { manifestPath, workspaceFolder } = crate;
  const scope = { manifestPath, blob: { path: blob }, ...(workspaceFolder !== undefined && { workspaceFolder }) };
  const words = ['prepare', '--format', 'line', ...prepareArguments(checks.settingsOf(scope)), blob];
  const execution = cliExecution(services, words, folderOf(crate));
  const label = t('prepare {0}', crate.name);
  const task = new Task(definitionOf(crate, 'prepare'), scopeOf(crate), label, 'PVF', execution, [prepareMatcher]);
  task.group = TaskGroup.Test;
  task.presentationOptions = { reveal: TaskRevealKind.Always, focus: false, clear: true };
  return task;
}

function prepareFilesTask(services: Services, files: readonly string[], cwd: string | undefined): Task {
  const words = ['prepare', '--format', 'line', ...prepareArguments(services.checks.settingsOf()), ...files];
  const execution = cliExecution(services, words, cwd);
  return new Task({ type: taskType, task: 'prepare' }, TaskScope.Workspace, 'prepare', 'PVF', execution, [
    prepareMatcher,
  ]);
}

/** Runs `pvf workers build` of the bundled CLI. */
export function buildWorkerTask(services: Pick<Services, 'context' | 't'>, id: BuildableId): Task {
  const { t } = services;
  const execution = cliExecution(services, ['workers', 'build', ...(id === 'engine' ? ['--engine'] : [])]);
  const definition = { type: taskType, task: `build-${id}` };
  const name = id === 'worker' ? t('build the prepare worker') : t('build the native helper');
  const task = new Task(definition, TaskScope.Workspace, name, 'PVF', execution, []);
  task.presentationOptions = { reveal: TaskRevealKind.Always, clear: true };
  return task;
}

/** Runs the bundled CLI with VS Code's own Node. */
function cliExecution(
  { context }: Pick<Services, 'context'>,
  words: readonly string[],
  cwd?: string,
): ProcessExecution {
  const cli = context.asAbsolutePath(`dist/${bundleFile('cli')}`);
  // Without the variable, Electron would start a second VS Code. Plain Node ignores it.
  const env = { ELECTRON_RUN_AS_NODE: '1' };
  return new ProcessExecution(process.execPath, [cli, ...words], { env, ...(cwd !== undefined && { cwd }) });
}

function definitionOf({ manifestPath }: Crate, task: CrateTask | 'prepare'): Task['definition'] {
  return { type: taskType, task, manifest: manifestPath };
}

function scopeOf({ manifestPath }: Crate): WorkspaceFolder | TaskScope.Workspace {
  return workspace.getWorkspaceFolder(Uri.file(manifestPath)) ?? TaskScope.Workspace;
}

function folderOf({ manifestPath, workspaceFolder }: Crate): string {
  const folder = workspaceFolder ?? workspace.getWorkspaceFolder(Uri.file(manifestPath))?.uri.fsPath;
  return folder ?? path.dirname(manifestPath);
}

function buildArgumentsOf({ manifestPath }: Crate): string[] {
  const configuration = workspace.getConfiguration('pvf', Uri.file(manifestPath));
  const setting = configuration.get<unknown>('buildArguments');
  return Array.isArray(setting) ? setting.filter((one) => typeof one === 'string') : ['--release'];
}
