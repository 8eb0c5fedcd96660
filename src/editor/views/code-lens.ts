import path from 'node:path';
import {
  CodeLens,
  type Command,
  Disposable,
  EventEmitter,
  languages,
  Range,
  type TextDocument,
  workspace,
} from 'vscode';
import { packageName } from '../../runtime/sources/manifest.ts';
import { findConstructRuntime } from '../../runtime/sources/source-places.ts';
import type { CommandId } from '../contributions.ts';
import { isInCrate, type Runtime } from '../model.ts';
import type { Services } from '../services.ts';
import { type LensText, lensTexts } from './code-lens-text.ts';
import { onAnyChange } from './on-change.ts';

const selector = [
  { scheme: 'file', pattern: '**/Cargo.toml' },
  { scheme: 'file', language: 'rust' },
];

/** Shows the last result and a command above the package name and `construct_runtime!` of a runtime's crate. */
export function showCodeLenses(services: Services): Disposable {
  const changed = new EventEmitter<void>();
  let shown = '';
  const refresh = () => {
    const texts = JSON.stringify(services.runtimes.all.map((runtime) => textsOf(services, runtime)));
    if (texts === shown) return;
    shown = texts;
    changed.fire();
  };
  const provider = {
    onDidChangeCodeLenses: changed.event,
    provideCodeLenses: (document: TextDocument) => lensesIn(services, document),
  };
  return Disposable.from(
    changed,
    languages.registerCodeLensProvider(selector, provider),
    onAnyChange(services, refresh),
    workspace.onDidChangeConfiguration((change) => change.affectsConfiguration('pvf.codeLens') && changed.fire()),
  );
}

function lensesIn(services: Services, document: TextDocument): CodeLens[] {
  const { fsPath } = document.uri;
  const runtimes = services.runtimes.all.filter((runtime) => isInCrate(fsPath, runtime));
  if (runtimes.length === 0 || !workspace.getConfiguration('pvf', document).get('codeLens', true)) return [];
  const text = document.getText();
  const place =
    path.basename(fsPath) === 'Cargo.toml' ? packageName(fsPath, text)?.place : findConstructRuntime(fsPath, text);
  if (place === undefined) return [];
  const range = new Range(place.line, place.column, place.line, place.column + place.length);
  return runtimes.flatMap((runtime) =>
    textsOf(services, runtime).map((one) => new CodeLens(range, commandOf(one, runtime))),
  );
}

function textsOf({ runtimes, checks, t }: Services, runtime: Runtime): LensText[] {
  // The profile distinguishes several blobs of one crate.
  const isAlone = runtimes.all.every(
    ({ id, manifestPath }) => id === runtime.id || manifestPath !== runtime.manifestPath,
  );
  return lensTexts(runtime, checks.stateOf(runtime.id), isAlone, t);
}

function commandOf({ title, command, tooltip }: LensText, { id }: Runtime): Command & { command: CommandId } {
  return { title, tooltip, command, arguments: [{ runtimeId: id }] };
}
