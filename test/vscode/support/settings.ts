import * as vscode from 'vscode';
import type { SettingKey } from '../../../src/editor/core/editor-settings.ts';

/** Call it in a `describe`. Sets user settings for all tests and restores them afterwards. Uses the built-in worker. */
export function useSettings(values: Readonly<Partial<Record<SettingKey, unknown>>> = {}): void {
  const all = Object.entries({ worker: 'portable', ...values });
  const earlier = new Map<string, unknown>();
  before('set the settings', async () => {
    for (const [key, value] of all) {
      earlier.set(key, vscode.workspace.getConfiguration('pvf').inspect(key)?.globalValue);
      await set(key, value);
    }
  });
  after('restore the settings', async () => {
    for (const [key, value] of earlier) await set(key, value);
  });
}

/** @param value undefined: removes the setting */
export async function set(key: string, value: unknown): Promise<void> {
  await vscode.workspace.getConfiguration('pvf').update(key, value, vscode.ConfigurationTarget.Global);
}
