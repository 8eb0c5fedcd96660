import { type Disposable, Task, TaskScope, tasks } from 'vscode';
import { taskType } from '../contributions.ts';
import type { Services } from '../services.ts';
import { buildWorkerTask } from './build-worker-task.ts';
import { type RuntimeTask, runtimeTask } from './runtime-task.ts';

const kinds: readonly RuntimeTask[] = ['check', 'build'];

/** The tasks of type `pvf`: check and build of each runtime's crate, and the worker's build. */
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
  // Variants and profiles of one crate are built alike.
  const crates = new Map(runtimes.all.map((runtime) => [runtime.manifestPath, runtime]));
  return [...crates.values()].flatMap((runtime) => kinds.flatMap((kind) => runtimeTask(runtime, kind, t) ?? []));
}

/** A task of tasks.json keeps its own definition, by which VS Code knows it. */
function resolve(services: Services, { definition, name, scope }: Task): Task | undefined {
  const made = madeFor(services, definition['task'], definition['manifest']);
  if (made?.execution === undefined) return undefined;
  return new Task(definition, scope ?? TaskScope.Workspace, name, 'PVF', made.execution, made.problemMatchers);
}

function madeFor(services: Services, what: unknown, manifest: unknown): Task | undefined {
  if (what === 'build-worker') return buildWorkerTask(services, 'worker');
  if (what === 'build-engine') return buildWorkerTask(services, 'engine');
  const kind = kinds.find((one) => one === what);
  const runtime = services.runtimes.all.find(
    ({ manifestPath }) => manifestPath !== undefined && manifestPath === manifest,
  );
  return kind === undefined || runtime === undefined ? undefined : runtimeTask(runtime, kind, services.t);
}
