import { setImmediate } from 'node:timers/promises';
import * as vscode from 'vscode';
import { until } from './until.ts';

/** Runs a command and dismisses its messages and quick picks. Returns its result. */
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

/** Runs a command and clicks the first button of its message. */
export async function accepted(command: string, ...args: readonly unknown[]): Promise<unknown> {
  const running = vscode.commands.executeCommand(command, ...args);
  // The command has shown its message by now, and messages of an extension host arrive in order.
  await setImmediate();
  await vscode.commands.executeCommand('notification.acceptPrimaryAction');
  return running;
}

async function dismiss(): Promise<void> {
  await vscode.commands.executeCommand('notifications.clearAll');
  await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
}
