import { commands } from 'vscode';
import type { Command } from './command.ts';
import { askForFile } from './no-runtime.ts';

/** Takes any file as a runtime, and prepares it. */
export const pickFileCommand: Command = (services) => async () => {
  const runtime = await askForFile(services);
  if (runtime !== undefined) await commands.executeCommand('pvf.prepare', { runtimeId: runtime.id });
};
