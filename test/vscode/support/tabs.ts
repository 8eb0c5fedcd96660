import * as vscode from 'vscode';
import { until } from './until.ts';

/** Waits for a tab whose label contains the text. A preview is not a text document. */
export async function openedTab(label: string): Promise<void> {
  const labels = () => vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.map((tab) => tab.label));
  await until(`a tab ${label}`, labels, (all) => all.some((one) => one.includes(label)));
}

export async function closeTabs(): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
}
