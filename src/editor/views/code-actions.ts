import { CodeAction, CodeActionKind, type Diagnostic, type Disposable, languages } from 'vscode';
import { shownResult } from '../model.ts';
import type { Services } from '../services.ts';
import { subjectOf } from './diagnostics.ts';
import { findingActions } from './finding-actions.ts';
import { findRule, loadRules } from './findings.ts';

/** Files that may have diagnostics of this extension. */
export const diagnosticFiles = [
  { scheme: 'file', pattern: '**/Cargo.toml' },
  { scheme: 'file', language: 'rust' },
];

/** The lightbulb of our diagnostics. */
export function provideCodeActions(services: Services): Disposable {
  return languages.registerCodeActionsProvider(
    diagnosticFiles,
    {
      provideCodeActions: async (_document, _range, { diagnostics }) => {
        const actions = await Promise.all(diagnostics.map((diagnostic) => actionsFor(services, diagnostic)));
        return actions.flat();
      },
    },
    { providedCodeActionKinds: [CodeActionKind.QuickFix] },
  );
}

async function actionsFor(services: Services, diagnostic: Diagnostic): Promise<CodeAction[]> {
  const subject = subjectOf(diagnostic, services);
  if (subject === undefined) return [];
  const { findingId, entry } = subject;
  const finding = entry && shownResult(entry.state).report?.findings.find(({ id }) => id === findingId);
  const rule = findRule(await loadRules(), findingId);
  const about = finding ?? { id: findingId, severity: 'warning' as const };
  return findingActions(about, rule, entry?.runtime, services.t).map(({ title, command, argument }) => {
    const action = new CodeAction(title, CodeActionKind.QuickFix);
    action.command = { command, title, arguments: [argument] };
    action.diagnostics = [diagnostic];
    return action;
  });
}
