import { TabInputCustom, TabInputText, window } from 'vscode';

/** Path of the file in the active editor. Tabs include binary files and custom editors, which text editors do not. */
export function activeFile(): string | undefined {
  const input = window.tabGroups.activeTabGroup.activeTab?.input;
  return fileOfTab(input);
}

/** Undefined for tabs without a file on disk. @param input of a tab */
export function fileOfTab(input: unknown): string | undefined {
  const uri = input instanceof TabInputText || input instanceof TabInputCustom ? input.uri : undefined;
  return uri?.scheme === 'file' ? uri.fsPath : undefined;
}
