/** The `pvf.json` of a runtime in the editor. */
import { dirname } from 'node:path';
import { Range, type TextDocument, Uri, WorkspaceEdit, window, workspace } from 'vscode';
import { findConfigFile } from '../../check/config/find-config.ts';
import type { Runtime } from '../model.ts';

/** Undefined: none counts for the runtime. */
export async function configDocument({ workspaceFolder, manifestPath }: Runtime): Promise<TextDocument | undefined> {
  if (workspaceFolder === undefined) return undefined;
  const from = manifestPath === undefined ? workspaceFolder : dirname(manifestPath);
  const file = await findConfigFile({ from, top: workspaceFolder });
  return file === undefined ? undefined : workspace.openTextDocument(Uri.file(file));
}

/** Saves the text, and shows it. The user can undo the change. @param document absent: the file is new */
export async function writeConfig(uri: Uri, document: TextDocument | undefined, text: string): Promise<void> {
  const edit = new WorkspaceEdit();
  if (document === undefined) edit.createFile(uri, { contents: Buffer.from(text) });
  else edit.replace(uri, new Range(0, 0, document.lineCount, 0), text);
  if (!(await workspace.applyEdit(edit))) throw new Error(`${uri.fsPath} can't be written.`);
  const shown = await workspace.openTextDocument(uri);
  await shown.save();
  await window.showTextDocument(shown, { preview: false });
}
