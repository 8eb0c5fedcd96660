import { Disposable, EventEmitter, type TextDocumentContentProvider, Uri, workspace } from 'vscode';
import { formatMarkdown } from '../../report/markdown.ts';
import { documentScheme } from '../contributions.ts';
import { loadRules } from '../rules.ts';
import { runtimeEntries, type Services } from '../services.ts';
import { explanationMarkdown } from './explanation.ts';
import { onAnyChange } from './on-change.ts';

/** Its ending lets `workbench.editorAssociations` (package.json) show it as a preview. */
const ending = '.pvf.md';

export function reportUri(runtimeId: string, title: string): Uri {
  return documentUri(`report/${title}`, runtimeId);
}

export function explanationUri(findingId: string): Uri {
  return documentUri(`explain/${findingId}`, findingId);
}

function documentUri(name: string, query: string): Uri {
  return Uri.from({ scheme: documentScheme, path: `/${name.replace(/[^\w./ -]/g, '_')}${ending}`, query });
}

/** Readonly documents: reports and explanations are made anew from what is known; others are kept as they were given. */
export class Documents implements Disposable, TextDocumentContentProvider {
  readonly #services: Services;
  readonly #given = new Map<string, string>();
  readonly #changed = new EventEmitter<Uri>();
  readonly onDidChange = this.#changed.event;
  readonly #subscriptions: Disposable;

  constructor(services: Services) {
    this.#services = services;
    this.#subscriptions = Disposable.from(
      workspace.registerTextDocumentContentProvider(documentScheme, this),
      workspace.onDidCloseTextDocument(({ uri }) => this.#given.delete(uri.toString())),
      onAnyChange(services, () => {
        for (const { uri } of workspace.textDocuments) {
          if (uri.scheme === documentScheme && !this.#given.has(uri.toString())) this.#changed.fire(uri);
        }
      }),
      this.#changed,
    );
  }

  /** A document of its own; the name is what its tab shows. */
  give(name: string, text: string): Uri {
    const uri = Uri.from({ scheme: documentScheme, path: `/${name}` });
    this.#given.set(uri.toString(), text);
    this.#changed.fire(uri);
    return uri;
  }

  provideTextDocumentContent(uri: Uri): string | Promise<string> {
    const given = this.#given.get(uri.toString());
    if (given !== undefined) return given;
    return uri.path.startsWith('/explain/') ? this.#explanation(uri.query) : this.#report(uri.query);
  }

  async #explanation(findingId: string): Promise<string> {
    const rules = await loadRules();
    const reports = runtimeEntries(this.#services).flatMap(({ state: { report } }) =>
      report === undefined ? [] : [report],
    );
    return explanationMarkdown(findingId, reports, rules, this.#services.t);
  }

  #report(runtimeId: string): string {
    const { t } = this.#services;
    const { report, isCurrent } = this.#services.checks.stateOf(runtimeId);
    if (report === undefined)
      return `${t('There is no report of this runtime yet. “Polkadot: Prepare PVF” makes one.')}\n`;
    const note = isCurrent ? '' : `> ${t('The blob has changed since: this is the report of an earlier build.')}\n\n`;
    return `${note}${formatMarkdown([report])}`;
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }
}
