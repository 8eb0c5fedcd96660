import { commands, env, workspace } from 'vscode';
import type { Command } from './command.ts';

/**
 * Opens the settings, at one of them if a link names it. The tab of the user does not show the settings of a remote machine,
 * so a remote window gets the tab of the workspace, or that of the remote machine.
 */
export const openSettings: Command = () => async (argument) => {
  const query = typeof argument === 'string' ? argument : '@ext:polkadot-pvf.polkadot-pvf';
  await commands.executeCommand(settingsCommand(), { query });
};

function settingsCommand(): string {
  if ((workspace.workspaceFolders ?? []).length > 0) return 'workbench.action.openWorkspaceSettings';
  return env.remoteName === undefined ? 'workbench.action.openSettings' : 'workbench.action.openRemoteSettings';
}
