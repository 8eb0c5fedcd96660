import { commands, extensions, type Uri, window, workspace } from 'vscode';
import type { Runtime } from '../model.ts';
import { reportUri } from '../views/documents.ts';

export async function openReport(runtime: Runtime): Promise<void> {
  await openPreview(reportUri(runtime.id, runtime.name));
}

/**
 * As a preview where VS Code's Markdown extension is there, else as text. In an editor of its own: the extension's command
 * would show it in the one preview that follows whatever Markdown is opened next.
 */
export async function openPreview(uri: Uri): Promise<void> {
  if (extensions.getExtension('vscode.markdown-language-features') === undefined) await openText(uri);
  else await commands.executeCommand('vscode.openWith', uri, 'vscode.markdown.preview.editor');
}

export async function openText(uri: Uri): Promise<void> {
  await window.showTextDocument(await workspace.openTextDocument(uri), { preview: false });
}
