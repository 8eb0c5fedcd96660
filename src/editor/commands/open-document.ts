import { commands, extensions, type Uri, window, workspace } from 'vscode';
import type { Runtime } from '../model.ts';
import { reportUri } from '../views/documents.ts';

export async function openReport(runtime: Runtime): Promise<void> {
  await openPreview(reportUri(runtime.id, runtime.name));
}

/** As a preview where VS Code's Markdown extension is there, else as text. Its command is not listed before it is active. */
export async function openPreview(uri: Uri): Promise<void> {
  if (extensions.getExtension('vscode.markdown-language-features') === undefined) await openText(uri);
  else await commands.executeCommand('markdown.showPreview', uri);
}

export async function openText(uri: Uri): Promise<void> {
  await window.showTextDocument(await workspace.openTextDocument(uri), { preview: false });
}
