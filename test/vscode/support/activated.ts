import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { PvfApi } from '../../../src/editor/api.ts';

/** The extension's public API. */
export async function activated(): Promise<PvfApi> {
  const extension = vscode.extensions.getExtension<PvfApi>('polkadot-pvf.polkadot-pvf');
  assert(extension);
  return extension.activate();
}
