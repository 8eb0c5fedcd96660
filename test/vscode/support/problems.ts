import * as vscode from 'vscode';
import { diagnosticSource } from '../../../src/editor/contributions.ts';

/** The extension's problems in a file. */
export function problemsIn(file: string): vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(vscode.Uri.file(file)).filter(({ source }) => source === diagnosticSource);
}

/** The ids of the findings in a file. */
export function findingsIn(file: string): string[] {
  return problemsIn(file).map(({ code }) => String(typeof code === 'object' ? code.value : code));
}

/** The extension's problems in files below a folder. */
export function problemsBelow(folder: string): vscode.Diagnostic[] {
  const files = vscode.languages.getDiagnostics().filter(([uri]) => uri.fsPath.startsWith(folder));
  return files.flatMap(([uri]) => problemsIn(uri.fsPath));
}
