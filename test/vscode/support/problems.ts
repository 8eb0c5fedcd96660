import * as vscode from 'vscode';
import { diagnosticSource } from '../../../src/editor/contributions.ts';

/** What the Problems view has of ours in a file. */
export function problemsIn(file: string): vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(vscode.Uri.file(file)).filter(({ source }) => source === diagnosticSource);
}

/** The ids of the findings. */
export function findingsIn(file: string): string[] {
  return problemsIn(file).map(({ code }) => String(typeof code === 'object' ? code.value : code));
}

/** In files below a folder. */
export function problemsBelow(folder: string): vscode.Diagnostic[] {
  const files = vscode.languages.getDiagnostics().filter(([uri]) => uri.fsPath.startsWith(folder));
  return files.flatMap(([uri]) => problemsIn(uri.fsPath));
}
