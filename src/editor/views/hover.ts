import path from 'node:path';
import { type Disposable, Hover, languages, MarkdownString, type Position, Range, type TextDocument } from 'vscode';
import { packageName } from '../../runtime/sources/manifest.ts';
import type { RuntimeEntry } from '../model.ts';
import { runtimeEntries, type Services } from '../services.ts';
import { diagnosticFiles } from './code-actions.ts';
import { subjectOf } from './diagnostics.ts';
import { findRule, loadRules } from './findings.ts';
import { conclusionHover, findingHover } from './hover-text.ts';

/** Shows the conclusion with its limits on a runtime's package name, and the meaning of a finding on its diagnostic. */
export function provideHovers(services: Services): Disposable {
  return languages.registerHoverProvider(diagnosticFiles, {
    provideHover: (document, position) => hoverAt(services, document, position),
  });
}

async function hoverAt(services: Services, document: TextDocument, position: Position): Promise<Hover | undefined> {
  const diagnostics = languages.getDiagnostics(document.uri).filter(({ range }) => range.contains(position));
  const subjects = diagnostics.flatMap((diagnostic) => subjectOf(diagnostic, services) ?? []);
  const named = runtimesNamedAt(services, document, position);
  const entries = new Map(
    [...named.entries, ...subjects.flatMap(({ entry }) => entry ?? [])].map((one) => [one.runtime.id, one]),
  );
  const conclusions = [...entries.values()].flatMap(
    ({ runtime, state }) => conclusionHover(runtime, state, services.t) ?? [],
  );
  const rules = subjects.length === 0 ? [] : await loadRules();
  const ids = [...new Set(subjects.map(({ findingId }) => findingId))];
  const findings = ids.flatMap((id) => {
    const rule = findRule(rules, id);
    return rule === undefined ? [] : [findingHover(rule, services.t)];
  });
  const texts = [...findings, ...conclusions].map(markdown);
  const range = named.range ?? diagnostics.find((diagnostic) => subjectOf(diagnostic, services) !== undefined)?.range;
  return texts.length === 0 ? undefined : new Hover(texts, range);
}

/** The runtimes of the manifest whose package name is at the position. */
function runtimesNamedAt(
  services: Services,
  document: TextDocument,
  position: Position,
): { readonly entries: readonly RuntimeEntry[]; readonly range?: Range } {
  const { fsPath } = document.uri;
  const entries = runtimeEntries(services).filter(({ runtime }) => runtime.manifestPath === fsPath);
  if (entries.length === 0 || path.basename(fsPath) !== 'Cargo.toml') return { entries: [] };
  const place = packageName(fsPath, document.getText())?.place;
  if (place === undefined) return { entries: [] };
  const range = new Range(place.line, place.column, place.line, place.column + place.length);
  return range.contains(position) ? { entries, range } : { entries: [] };
}

function markdown(text: string): MarkdownString {
  const shown = new MarkdownString(text, true);
  shown.isTrusted = { enabledCommands: ['pvf.explain'] };
  return shown;
}
