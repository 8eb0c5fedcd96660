import { Disposable, commands as vscodeCommands, window } from 'vscode';
import { errorMessage } from '../../base/errors.ts';
import type { CommandId } from '../contributions.ts';
import { allow } from './allow.ts';
import { pinBaseline } from './baseline.ts';
import { build } from './build.ts';
import { showHistory, showSizes } from './charts.ts';
import { cancel, copyCodeHash, inspect, measureCosts, prepare, prepareAll } from './checks.ts';
import type { Command, CommandServices } from './command.ts';
import { compare } from './compare.ts';
import { createBudget } from './create-budget.ts';
import { diagnose, showLog } from './diagnose.ts';
import { fetchLimits, refreshLimits } from './fetch-limits.ts';
import { openSource } from './open-source.ts';
import { openAs, openManifest, revealBlob } from './places.ts';
import { selectProfile } from './profiles.ts';
import { clearHistory, explain, showReport } from './reports.ts';
import { pickFileCommand, refresh } from './runtimes.ts';
import { openSettings } from './settings.ts';
import { upgradeChecklist } from './upgrade.ts';
import { buildWorker, restartWorker, selectWorker } from './workers.ts';

export const commandTable = {
  'pvf.prepare': prepare,
  'pvf.prepareAll': prepareAll,
  'pvf.inspect': inspect,
  'pvf.measureCosts': measureCosts,
  'pvf.compare': compare,
  'pvf.showReport': showReport,
  'pvf.showSizes': showSizes,
  'pvf.showHistory': showHistory,
  'pvf.showLog': showLog,
  'pvf.diagnose': diagnose,
  'pvf.selectWorker': selectWorker,
  'pvf.selectProfile': selectProfile,
  'pvf.fetchLimits': fetchLimits,
  'pvf.refreshLimits': refreshLimits,
  'pvf.buildWorker': buildWorker,
  'pvf.cancel': cancel,
  'pvf.clearHistory': clearHistory,
  'pvf.pinBaseline': pinBaseline,
  'pvf.createBudget': createBudget,
  'pvf.copyCodeHash': copyCodeHash,
  'pvf.upgradeChecklist': upgradeChecklist,
  'pvf.pickFile': pickFileCommand,
  'pvf.refresh': refresh,
  'pvf.explain': explain,
  'pvf.openSettings': openSettings,
  'pvf.build': build,
  'pvf.revealBlob': revealBlob,
  'pvf.openManifest': openManifest,
  'pvf.restartWorker': restartWorker,
  'pvf.allow': allow,
  'pvf.openSource': openSource,
  'pvf.openAs': openAs,
} satisfies Record<CommandId, Command>;

/** Registers all commands. The error of a command is shown with a link to the log. */
export function registerCommands(services: CommandServices): Disposable {
  const registered = Object.entries(commandTable).map(([id, command]) => {
    const run = command(services);
    return vscodeCommands.registerCommand(id, async (...args: unknown[]) => {
      try {
        return await run(...args);
      } catch (error) {
        showError(services, id, error);
        return undefined;
      }
    });
  });
  return Disposable.from(...registered);
}

function showError({ channel, t }: CommandServices, id: string, error: unknown): void {
  channel.error(`${id}: ${error instanceof Error ? (error.stack ?? error.message) : errorMessage(error)}`);
  const showLog = t('Show Log');
  window.showErrorMessage(`Polkadot PVF: ${errorMessage(error)}`, showLog).then((answer) => {
    if (answer === showLog) channel.show(true);
  });
}
