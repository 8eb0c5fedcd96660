import type { Disposable } from 'vscode';
import { registerCommands } from './commands/commands.ts';
import type { Services } from './services.ts';
import { OnSave } from './tasks/on-save.ts';
import { provideTasks } from './tasks/task-provider.ts';
import { Documents } from './views/documents.ts';
import { showAll } from './views/show-all.ts';

/** Puts the services behind everything that package.json contributes. */
export function connect(services: Services): Disposable[] {
  const documents = new Documents(services);
  return [
    documents,
    registerCommands({ ...services, documents }),
    ...showAll(services),
    provideTasks(services),
    new OnSave(services),
  ];
}
