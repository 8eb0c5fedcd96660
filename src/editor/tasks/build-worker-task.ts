import { ProcessExecution, Task, TaskRevealKind, TaskScope } from 'vscode';
import { taskType } from '../contributions.ts';
import type { Services } from '../services.ts';

export type BuildWorkerWhat = 'worker' | 'engine';

/** `pvf workers build` of the bundled command line, by VS Code's own Node. @param what `engine`: the native helper of the built-in worker */
export function buildWorkerTask({ context, t }: Pick<Services, 'context' | 't'>, what: BuildWorkerWhat): Task {
  const words = ['workers', 'build', ...(what === 'engine' ? ['--engine'] : [])];
  const execution = new ProcessExecution(process.execPath, [context.asAbsolutePath('dist/cli.cjs'), ...words], {
    // Without it, Electron would start a second VS Code; a plain Node takes no notice.
    env: { ELECTRON_RUN_AS_NODE: '1' },
  });
  const definition = { type: taskType, task: `build-${what}` };
  const name = what === 'worker' ? t('build the prepare worker') : t('build the native helper');
  const task = new Task(definition, TaskScope.Workspace, name, 'PVF', execution, []);
  task.presentationOptions = { reveal: TaskRevealKind.Always, clear: true };
  return task;
}
