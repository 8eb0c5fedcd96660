import { readFile } from 'node:fs/promises';
import {
  commands,
  Disposable,
  EventEmitter,
  extensions,
  type TextDocumentContentProvider,
  Uri,
  window,
  workspace,
} from 'vscode';
import { configSchemaUri } from '../../model/schema-uri.ts';
import { formatMarkdown } from '../../report/markdown.ts';
import { documentScheme } from '../contributions.ts';
import { type Runtime, shownResult } from '../model.ts';
import { runtimeEntries, type Services } from '../services.ts';
import { explanationMarkdown, loadRules } from './findings.ts';
import { reportNames, titleOf } from './labels.ts';
import { onAnyChange } from './on-change.ts';
import type { ActiveDocument } from './status-subject.ts';

/** `workbench.editorAssociations` in package.json shows these documents as previews. */
const ending = '.pvf.md';

type DocumentKind = 'report' | 'explain';

export function explanationUri(findingId: string): Uri {
  return documentUri('explain', findingId, findingId);
}

/** @param name the title of the tab */
function documentUri(kind: DocumentKind, name: string, query: string): Uri {
  const path = `/${kind}/${safeName(name)}${ending}`;
  return Uri.from({ scheme: documentScheme, path, query });
}

/** The name of a runtime can come from its code. */
function safeName(name: string): string {
  return name.replace(/[^\w. ·-]/g, '_');
}

/** What a document of this extension is about. Undefined for other documents and for those with a fixed text. */
export function pvfDocumentOf({ scheme, path, query }: Uri): ActiveDocument | undefined {
  if (scheme !== documentScheme || query === '') return undefined;
  return isExplanation(path) ? { kind: 'explanation', findingId: query } : { kind: 'report', runtimeId: query };
}

function isExplanation(path: string): boolean {
  return path.startsWith('/explain/');
}

export async function openReport({ checks }: Pick<Services, 'checks'>, runtime: Runtime): Promise<void> {
  await openPreview(documentUri('report', titleOf(runtime, checks.stateOf(runtime.id)), runtime.id));
}

/**
 * Opens a preview, or the text if VS Code's Markdown extension is disabled. Uses a separate editor: the extension's own
 * command uses the one preview that follows the active Markdown file.
 */
export async function openPreview(uri: Uri): Promise<void> {
  if (extensions.getExtension('vscode.markdown-language-features') === undefined) await openText(uri);
  else await commands.executeCommand('vscode.openWith', uri, 'vscode.markdown.preview.editor');
}

export async function openText(uri: Uri): Promise<void> {
  await window.showTextDocument(await workspace.openTextDocument(uri), { preview: false });
}

/** Read-only documents. Reports and explanations are generated from the present state; others keep their text. */
export class Documents implements Disposable, TextDocumentContentProvider {
  readonly #services: Services;
  readonly #fixed = new Map<string, string>();
  readonly #changed = new EventEmitter<Uri>();
  readonly onDidChange = this.#changed.event;
  readonly #subscriptions: Disposable;

  constructor(services: Services) {
    this.#services = services;
    this.#subscriptions = Disposable.from(
      workspace.registerTextDocumentContentProvider(documentScheme, this),
      workspace.onDidCloseTextDocument(({ uri }) => this.#fixed.delete(uri.toString())),
      onAnyChange(services, () => {
        for (const { uri } of workspace.textDocuments) {
          if (uri.scheme === documentScheme && !this.#fixed.has(uri.toString())) this.#changed.fire(uri);
        }
      }),
      this.#changed,
    );
  }

  /** Creates a document with a fixed text. @param name the title of its tab */
  create(name: string, text: string): Uri {
    const uri = Uri.from({ scheme: documentScheme, path: `/${safeName(name)}` });
    this.#fixed.set(uri.toString(), text);
    this.#changed.fire(uri);
    return uri;
  }

  provideTextDocumentContent(uri: Uri): string | Promise<string> {
    const fixed = this.#fixed.get(uri.toString());
    if (fixed !== undefined) return fixed;
    if (uri.toString(true) === configSchemaUri) return this.#configSchema();
    return isExplanation(uri.path) ? this.#explanation(uri.query) : this.#report(uri.query);
  }

  /** VS Code reads the schema that `$schema` of a `pvf.json` names. */
  async #configSchema(): Promise<string> {
    return readFile(this.#services.context.asAbsolutePath('media/pvf.schema.json'), 'utf8');
  }

  async #explanation(findingId: string): Promise<string> {
    const rules = await loadRules();
    const entries = runtimeEntries(this.#services);
    const reports = entries.flatMap(({ state }) => state.report ?? []);
    return explanationMarkdown(findingId, reports, rules, this.#services.t, reportNames(entries));
  }

  #report(runtimeId: string): string {
    const { t } = this.#services;
    const { report, reference, isCurrent, isInterim } = shownResult(this.#services.checks.stateOf(runtimeId));
    if (report === undefined) return `${t('This runtime has no report yet. Run “Polkadot: Prepare PVF”.')}\n`;
    const notes = [
      isCurrent ? '' : t('The blob has changed. This is the report of an earlier build.'),
      isInterim ? t('The preparation still runs, so the vote is pending.') : '',
    ];
    const note = notes.map((text) => (text === '' ? '' : `> ${text}\n\n`)).join('');
    const options = { nameOf: reportNames(runtimeEntries(this.#services)), referenceOf: () => reference };
    return `${note}${formatMarkdown([report], options)}`;
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }
}
