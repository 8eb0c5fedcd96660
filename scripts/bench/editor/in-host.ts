/** Helpers of the suites that measure inside an extension host. */
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import type { PvfApi } from '../../../src/editor/api.ts';
import { extensionName } from './extension-name.ts';

export function theExtension(): vscode.Extension<PvfApi> {
  const extension = vscode.extensions.getExtension<PvfApi>(extensionName);
  assert.ok(extension, 'the extension is not installed');
  return extension;
}

export function workspaceFolder(): string {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  assert.ok(folder, 'no folder is open');
  return folder.uri.fsPath;
}

export function write(file: string, content: string | Uint8Array): void {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, content);
}

/** Passes the figures to the process that started VS Code (editor-bench.ts). */
export function writeFigures(figures: unknown): void {
  const { PVF_BENCH_FIGURES: file } = process.env;
  assert.ok(file, 'PVF_BENCH_FIGURES names no file');
  writeFileSync(file, JSON.stringify(figures));
}

export async function wallOf(work: () => PromiseLike<unknown>): Promise<number> {
  const before = performance.now();
  await work();
  return performance.now() - before;
}
