import * as vscode from 'vscode';
import type { SettingKey } from '../../../src/editor/contributions.ts';

/** In a `describe`: settings of the person for all its tests; what was there before comes back. The worker is the built-in one. */
export function useSettings(values: Readonly<Partial<Record<SettingKey, unknown>>> = {}): void {
  const all = Object.entries({ worker: 'portable', ...values });
  const earlier = new Map<string, unknown>();
  before('set the settings', async () => {
    for (const [key, value] of all) {
      earlier.set(key, vscode.workspace.getConfiguration('pvf').inspect(key)?.globalValue);
      await set(key, value);
    }
  });
  after('set the settings back', async () => {
    for (const [key, value] of earlier) await set(key, value);
  });
}

/** Undefined takes it away. */
export async function set(key: string, value: unknown): Promise<void> {
  await vscode.workspace.getConfiguration('pvf').update(key, value, vscode.ConfigurationTarget.Global);
}
