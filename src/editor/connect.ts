import type { Disposable } from 'vscode';
import { registerCommands } from './commands/commands.ts';
import type { Services } from './services.ts';
import { OnSave } from './tasks/on-save.ts';
import { provideTasks } from './tasks/tasks.ts';
import { ActiveRuntime } from './views/active-runtime.ts';
import { showCodeLenses } from './views/code-lens.ts';
import { keepContextKeys } from './views/context-keys.ts';
import { Decorations } from './views/decorations.ts';
import { Diagnostics } from './views/diagnostics.ts';
import { Documents } from './views/documents.ts';
import { showLanguageStatus } from './views/language-status.ts';
import { logChecks } from './views/output.ts';
import { showStatusBar } from './views/status-bar.ts';
import { showRuntimesTree } from './views/tree/runtimes-tree.ts';

/** Connects the services to everything that package.json contributes. */
export function connect(services: Services): Disposable[] {
  const documents = new Documents(services);
  const activeRuntime = new ActiveRuntime(services);
  return [
    documents,
    registerCommands({ ...services, documents }),
    activeRuntime,
    keepContextKeys(services),
    showStatusBar(services, activeRuntime),
    showLanguageStatus(services, activeRuntime),
    showRuntimesTree(services),
    showCodeLenses(services),
    new Diagnostics(services),
    new Decorations(services),
    logChecks(services),
    provideTasks(services),
    new OnSave(services),
  ];
}
