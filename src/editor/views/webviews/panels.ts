import { randomBytes } from 'node:crypto';
import { commands, Disposable, env, Uri, ViewColumn, type WebviewPanel, window, workspace } from 'vscode';
import { pages } from '../../../base/bundles.ts';
import { errorMessage } from '../../../base/errors.ts';
import { readPageAssets } from '../../../base/page-assets.ts';
import { parseFromPage, type ToPage } from '../../../model/view-messages.ts';
import { viewPage } from '../../../report/html-page.ts';
import { CheckFailed } from '../../check-thread/thread-client.ts';
import { type CommandId, type PanelKind, panelKinds } from '../../contributions.ts';
import type { Services } from '../../services.ts';
import { type Documents, openPreview } from '../documents.ts';
import { shellHtml } from './shell.ts';
import { keyOf, type PanelSubject, runtimeIdsOf, subjectOf } from './subject.ts';
import { type LoadedView, loadView, nameOf } from './view-data.ts';

/** The panels with charts: at most one for each kind and subject. They survive a reload of the window. */
export class Panels implements Disposable {
  readonly #open = new Map<string, Panel>();
  readonly #subscriptions: Disposable;

  constructor(private readonly services: PanelServices) {
    this.#subscriptions = Disposable.from(
      ...panelKinds.map((kind) =>
        window.registerWebviewPanelSerializer(kind, {
          deserializeWebviewPanel: async (panel, state) => this.#restore(kind, panel, state),
        }),
      ),
      services.checks.onDidFinish(({ runtime }) => {
        for (const panel of this.#open.values()) if (runtimeIdsOf(panel.subject).includes(runtime.id)) panel.reload();
      }),
    );
  }

  show(subject: PanelSubject): void {
    const open = this.#open.get(placeOf(subject));
    if (open !== undefined) {
      open.reveal();
      return;
    }
    this.#fill(
      subject,
      window.createWebviewPanel(subject.kind, titleOfPanel(subject, this.services), ViewColumn.Active),
    );
  }

  dispose(): void {
    this.#subscriptions.dispose();
    for (const panel of [...this.#open.values()]) panel.dispose();
  }

  /** VS Code passes the state that the page saved. A page that saved none, or of a removed runtime, can't be restored. */
  #restore(kind: PanelKind, panel: WebviewPanel, state: unknown): void {
    const isKnown = typeof state === 'object' && state !== null && 'key' in state && typeof state.key === 'string';
    const subject = isKnown ? subjectOf(kind, String(state.key)) : undefined;
    if (subject === undefined) panel.dispose();
    else this.#fill(subject, panel);
  }

  #fill(subject: PanelSubject, panel: WebviewPanel): void {
    const place = placeOf(subject);
    this.#open.get(place)?.dispose();
    this.#open.set(place, new Panel(subject, panel, this.services, () => this.#open.delete(place)));
  }
}

interface PanelServices extends Services {
  readonly documents: Documents;
}

function placeOf(subject: PanelSubject): string {
  return `${subject.kind} ${keyOf(subject)}`;
}

function titleOfPanel(subject: PanelSubject, services: Services): string {
  const { t } = services;
  const name = nameOf(subject, services);
  switch (subject.kind) {
    case 'pvf.sizes':
      return t('Sizes of {0}', name);
    case 'pvf.history':
      return t('History of {0}', name);
    case 'pvf.compare':
      return t('PVF comparison: {0}', name);
  }
}

class Panel {
  /** The last view, for a page that was hidden and starts again, and for the file. */
  #loaded: LoadedView | undefined;
  /** Counts the loads. The result of an older one is not shown. */
  #loads = 0;

  constructor(
    readonly subject: PanelSubject,
    private readonly panel: WebviewPanel,
    private readonly services: PanelServices,
    onDispose: () => void,
  ) {
    const media = Uri.joinPath(services.context.extensionUri, 'dist', 'media');
    const { webview } = panel;
    const uriOf = (file: string) => webview.asWebviewUri(Uri.joinPath(services.context.extensionUri, file)).toString();
    panel.onDidDispose(onDispose);
    webview.onDidReceiveMessage((message: unknown) => this.#receive(message));
    webview.options = { enableScripts: true, localResourceRoots: [media] };
    webview.html = shellHtml({
      cspSource: webview.cspSource,
      script: uriOf(pages.charts.files.script),
      style: uriOf(pages.charts.files.style),
      nonce: randomBytes(16).toString('hex'),
      key: keyOf(subject),
    });
  }

  reveal(): void {
    this.panel.reveal();
  }

  reload(): void {
    this.#inBackground(this.#load());
  }

  dispose(): void {
    this.panel.dispose();
  }

  #receive(value: unknown): void {
    const message = parseFromPage(value);
    switch (message?.kind) {
      case 'ready':
        if (this.#loaded === undefined) this.reload();
        else this.#post({ kind: 'show', view: this.#loaded.view });
        return;
      case 'save':
        this.#inBackground(this.#save());
        return;
      case 'open-source':
        this.#inBackground(this.#openSource(message.path));
        return;
      case 'open-markdown':
        this.#inBackground(this.#openMarkdown());
        return;
      case 'error':
        this.services.channel.error(`${this.subject.kind}: ${message.message}`);
        return;
      case undefined:
        this.services.channel.warn(`${this.subject.kind}: the page sent an unknown message.`);
    }
  }

  async #load(): Promise<void> {
    const { t } = this.services;
    this.#loads += 1;
    const load = this.#loads;
    if (this.#loaded === undefined) this.#post({ kind: 'wait', message: t('Reading the runtime…') });
    const message = await this.#message().catch((error: unknown): ToPage => problemOf(error));
    if (load !== this.#loads) return;
    this.#post(message);
  }

  async #message(): Promise<ToPage> {
    const { services, subject } = this;
    this.#loaded = await loadView(subject, services);
    this.panel.title = titleOfPanel(subject, services);
    return { kind: 'show', view: this.#loaded.view };
  }

  #post(message: ToPage): void {
    this.#inBackground(this.panel.webview.postMessage(message));
  }

  /** @param names from the crate down to the part */
  async #openSource(names: readonly string[]): Promise<void> {
    const [crate, ...path] = names;
    const [runtimeId] = runtimeIdsOf(this.subject);
    await commands.executeCommand('pvf.openSource' satisfies CommandId, { crate, path, runtimeId });
  }

  async #openMarkdown(): Promise<void> {
    const markdown = this.#loaded?.markdown;
    if (markdown !== undefined) await openPreview(this.services.documents.create('PVF comparison.pvf.md', markdown));
  }

  /** "Save as HTML" */
  async #save(): Promise<void> {
    const view = this.#loaded?.view;
    if (view === undefined) return;
    const { t } = this.services;
    const folder = workspace.workspaceFolders?.[0]?.uri;
    const name = `${view.title.replace(/[^\w.-]+/g, '-')}-${view.view}.html`;
    const file = await window.showSaveDialog({
      filters: { HTML: ['html'] },
      ...(folder === undefined ? {} : { defaultUri: Uri.joinPath(folder, name) }),
    });
    if (file === undefined) return;
    await workspace.fs.writeFile(file, new TextEncoder().encode(viewPage(view, await readPageAssets())));
    const open = t('Open');
    const answer = await window.showInformationMessage(t('Saved {0}.', workspace.asRelativePath(file)), open);
    if (answer === open) await env.openExternal(file);
  }

  #inBackground(work: PromiseLike<unknown>): void {
    work.then(undefined, (error: unknown) => {
      const message = errorMessage(error);
      this.services.channel.error(`${this.subject.kind}: ${message}`);
      void window.showErrorMessage(`Polkadot PVF: ${message}`);
    });
  }
}

function problemOf(error: unknown): ToPage {
  const remedy = error instanceof CheckFailed && error.failure.kind === 'problem' ? error.failure.remedy : undefined;
  return { kind: 'problem', message: errorMessage(error), ...(remedy === undefined ? {} : { remedy }) };
}
