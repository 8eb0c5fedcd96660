import { type ExtensionContext, LogLevel, l10n, window } from 'vscode';
import { createApi, type PvfApi } from './editor/api.ts';
import { Checks } from './editor/checks.ts';
import { registerCommands } from './editor/commands/commands.ts';
import { Runtimes } from './editor/discovery/runtimes.ts';
import type { Services } from './editor/services.ts';
import { OnSave } from './editor/tasks/on-save.ts';
import { provideTasks } from './editor/tasks/tasks.ts';
import { provideTests } from './editor/tests/test-controller.ts';
import { provideCodeActions } from './editor/views/code-actions.ts';
import { showCodeLenses } from './editor/views/code-lens.ts';
import { keepContextKeys } from './editor/views/context-keys.ts';
import { provideBlobEditor } from './editor/views/custom-editor/blob-editor.ts';
import { Decorations } from './editor/views/decorations.ts';
import { Diagnostics } from './editor/views/diagnostics.ts';
import { Documents } from './editor/views/documents.ts';
import { provideHovers } from './editor/views/hover.ts';
import { followOpenFiles } from './editor/views/open-files.ts';
import { explainingLog, logChecks } from './editor/views/output.ts';
import { showStatus } from './editor/views/status.ts';
import { showRuntimesTree } from './editor/views/tree/runtimes-tree.ts';
import { Panels } from './editor/views/webviews/panels.ts';

/** Creates the services and connects them to the contributions. Does not wait for the search for runtimes. */
export function activate(context: ExtensionContext): PvfApi {
  const channel = window.createOutputChannel('Polkadot PVF', { log: true });
  const log = explainingLog(channel);
  const runtimes = new Runtimes(log);
  const isVerbose = () => channel.logLevel !== LogLevel.Off && channel.logLevel <= LogLevel.Debug;
  const checks = new Checks({ context, runtimes, log, isVerbose });
  const services: Services = { context, channel, runtimes, checks, t: l10n.t };
  const documents = new Documents(services);
  const panels = new Panels({ ...services, documents });
  context.subscriptions.push(
    channel,
    runtimes,
    checks,
    documents,
    panels,
    registerCommands({ ...services, documents, panels }),
    keepContextKeys(services),
    followOpenFiles(services),
    showStatus(services),
    showRuntimesTree(services),
    showCodeLenses(services),
    new Diagnostics(services),
    provideCodeActions(services),
    provideHovers(services),
    provideBlobEditor(services),
    new Decorations(services),
    logChecks(services),
    provideTasks(services),
    provideTests(services),
    new OnSave(services),
  );
  return createApi(services);
}
