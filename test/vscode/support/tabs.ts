import * as vscode from 'vscode';
import { until } from './until.ts';

/** Waits for a tab whose label has the text: a preview is no text document. */
export async function openedTab(label: string): Promise<void> {
  const labels = () => vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.map((tab) => tab.label));
  await until(`a tab ${label}`, labels, (all) => all.some((one) => one.includes(label)));
}

export async function closeTabs(): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
}
