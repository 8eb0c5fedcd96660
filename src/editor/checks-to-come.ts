import { EventEmitter } from 'vscode';
import { type CheckState, untouched } from './model.ts';
import type { CheckService } from './services.ts';

/** Stands in until the real checks are wired in `extension.ts`: every command answers, and says so. */
export function checksToCome(): CheckService {
  const changed = new EventEmitter<never>();
  const state: CheckState = { ...untouched, problem: { message: 'Checks are not wired yet.' } };
  return {
    stateOf: () => untouched,
    onDidChange: changed.event,
    prepare: async () => state,
    inspect: async () => state,
    cancel: () => {},
    clearHistory: () => {},
    workerSummary: async () => ({ candidates: [], places: [] }),
    diagnose: async () => 'Checks are not wired yet.',
  };
}
