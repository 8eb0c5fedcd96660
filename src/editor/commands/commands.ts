import { Disposable, commands as vscodeCommands, window } from 'vscode';
import { errorMessage } from '../../base/errors.ts';
import type { CommandId } from '../contributions.ts';
import { buildWorker } from './build-worker.ts';
import { cancel } from './cancel.ts';
import { clearHistory } from './clear-history.ts';
import type { Command, CommandServices } from './command.ts';
import { compare } from './compare.ts';
import { copyCodeHash } from './copy-code-hash.ts';
import { diagnose } from './diagnose.ts';
import { explain } from './explain.ts';
import { inspect } from './inspect.ts';
import { pickFileCommand } from './pick-file.ts';
import { prepare } from './prepare.ts';
import { prepareAll } from './prepare-all.ts';
import { refresh } from './refresh.ts';
import { selectWorker } from './select-worker.ts';
import { showLog } from './show-log.ts';
import { showReport } from './show-report.ts';

export const commandTable = {
  'pvf.prepare': prepare,
  'pvf.prepareAll': prepareAll,
  'pvf.inspect': inspect,
  'pvf.compare': compare,
  'pvf.showReport': showReport,
  'pvf.showLog': showLog,
  'pvf.diagnose': diagnose,
  'pvf.selectWorker': selectWorker,
  'pvf.buildWorker': buildWorker,
  'pvf.cancel': cancel,
  'pvf.clearHistory': clearHistory,
  'pvf.copyCodeHash': copyCodeHash,
  'pvf.pickFile': pickFileCommand,
  'pvf.refresh': refresh,
  'pvf.explain': explain,
} satisfies Record<CommandId, Command>;

/** Registers all; what one throws is told, with a way to the log. */
export function registerCommands(services: CommandServices): Disposable {
  const registered = Object.entries(commandTable).map(([id, command]) => {
    const run = command(services);
    return vscodeCommands.registerCommand(id, async (...args: unknown[]) => {
      try {
        return await run(...args);
      } catch (error) {
        tell(services, id, error);
        return undefined;
      }
    });
  });
  return Disposable.from(...registered);
}

function tell({ channel, t }: CommandServices, id: string, error: unknown): void {
  channel.error(`${id}: ${error instanceof Error ? (error.stack ?? error.message) : errorMessage(error)}`);
  const showLog = t('Show Log');
  window.showErrorMessage(`Polkadot PVF: ${errorMessage(error)}`, showLog).then((answer) => {
    if (answer === showLog) channel.show(true);
  });
}
