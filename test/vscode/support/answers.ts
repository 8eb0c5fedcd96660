import { setImmediate } from 'node:timers/promises';
import * as vscode from 'vscode';
import { until } from './until.ts';

/** Runs a command and gives no answer to what it asks. Returns what it returned. */
export async function unanswered(command: string, ...args: readonly unknown[]): Promise<unknown> {
  let hasEnded = false;
  const running = vscode.commands.executeCommand(command, ...args);
  const ended = () => {
    hasEnded = true;
  };
  running.then(ended, ended);
  await until(
    `${command} to end`,
    async () => {
      await dismiss();
      return hasEnded;
    },
    (has) => has,
  );
  return running;
}

/** Runs a command and takes the first button of what it tells. */
export async function accepted(command: string, ...args: readonly unknown[]): Promise<unknown> {
  const running = vscode.commands.executeCommand(command, ...args);
  // The command has told it by now, and what an extension host says arrives in order.
  await setImmediate();
  await vscode.commands.executeCommand('notification.acceptPrimaryAction');
  return running;
}

async function dismiss(): Promise<void> {
  await vscode.commands.executeCommand('notifications.clearAll');
  await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
}
