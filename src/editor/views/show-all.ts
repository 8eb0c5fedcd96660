import type { Disposable } from 'vscode';
import type { Services } from '../services.ts';
import { showCodeLenses } from './code-lens.ts';
import { keepContextKeys } from './context-keys.ts';
import { Decorations } from './decorations.ts';
import { Diagnostics } from './diagnostics.ts';
import { showLanguageStatus } from './language-status.ts';
import { logChecks } from './output.ts';
import { RuntimeAtHand } from './runtime-at-hand.ts';
import { showStatusBar } from './status-bar.ts';
import { showRuntimesTree } from './tree/runtimes-tree.ts';

/** Everything that shows runtimes and their reports by itself. */
export function showAll(services: Services): Disposable[] {
  const atHand = new RuntimeAtHand(services);
  return [
    atHand,
    keepContextKeys(services),
    showStatusBar(services, atHand),
    showLanguageStatus(services, atHand),
    showRuntimesTree(services),
    showCodeLenses(services),
    new Diagnostics(services),
    new Decorations(services),
    logChecks(services),
  ];
}
