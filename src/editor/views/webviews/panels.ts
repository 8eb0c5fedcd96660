import { randomBytes } from 'node:crypto';
import { Disposable, env, Uri, ViewColumn, type WebviewPanel, window, workspace } from 'vscode';
import { pages } from '../../../base/bundles.ts';
import { errorMessage } from '../../../base/errors.ts';
import { readPageAssets } from '../../../base/page-assets.ts';
import { parseFromPage, type ToPage } from '../../../model/view-messages.ts';
import { viewPage } from '../../../report/html-page.ts';
import { CheckFailed } from '../../check-thread/thread-client.ts';
import { type PanelKind, panelKinds } from '../../contributions.ts';
import type { Runtime } from '../../model.ts';
import type { Services } from '../../services.ts';
import { openSource } from './open-source.ts';
import { shellHtml } from './shell.ts';
import { loadView, type PanelView } from './view-data.ts';

/** The panels with charts: at most one for each runtime and kind. They survive a reload of the window. */
export class Panels implements Disposable {
  readonly #open = new Map<string, Panel>();
  readonly #subscriptions: Disposable;

  constructor(private readonly services: Services) {
    this.#subscriptions = Disposable.from(
      ...panelKinds.map((kind) =>
        window.registerWebviewPanelSerializer(kind, {
          deserializeWebviewPanel: async (panel, state) => this.#restore(kind, panel, state),
        }),
      ),
      services.checks.onDidFinish(({ runtime }) => {
        for (const panel of this.#open.values()) if (panel.runtimeId === runtime.id) panel.reload();
      }),
    );
  }

  show(kind: PanelKind, runtime: Runtime): void {
    const open = this.#open.get(keyOf(kind, runtime.id));
    if (open !== undefined) {
      open.reveal();
      return;
    }
    const title = titleOfPanel(kind, runtime.name, this.services);
    this.#fill(kind, runtime.id, window.createWebviewPanel(kind, title, ViewColumn.Active));
  }

  dispose(): void {
    this.#subscriptions.dispose();
    for (const panel of [...this.#open.values()]) panel.dispose();
  }

  /** VS Code passes the state that the page saved. A page that saved none, or of a removed runtime, can't be restored. */
  #restore(kind: PanelKind, panel: WebviewPanel, state: unknown): void {
    const isKnown = typeof state === 'object' && state !== null && 'key' in state && typeof state.key === 'string';
    if (isKnown) this.#fill(kind, String(state.key), panel);
    else panel.dispose();
  }

  #fill(kind: PanelKind, runtimeId: string, panel: WebviewPanel): void {
    const key = keyOf(kind, runtimeId);
    this.#open.get(key)?.dispose();
    this.#open.set(key, new Panel(kind, runtimeId, panel, this.services, () => this.#open.delete(key)));
  }
}

function keyOf(kind: PanelKind, runtimeId: string): string {
  return `${kind} ${runtimeId}`;
}

function titleOfPanel(kind: PanelKind, name: string, { t }: Services): string {
  return kind === 'pvf.sizes' ? t('Sizes of {0}', name) : t('History of {0}', name);
}

class Panel {
  /** The last view, for a page that was hidden and starts again, and for the file. */
  #view: PanelView | undefined;
  /** Counts the loads. The result of an older one is not shown. */
  #loads = 0;

  constructor(
    private readonly kind: PanelKind,
    readonly runtimeId: string,
    private readonly panel: WebviewPanel,
    private readonly services: Services,
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
      key: runtimeId,
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
        if (this.#view === undefined) this.reload();
        else this.#post({ kind: 'show', view: this.#view });
        return;
      case 'save':
        this.#inBackground(this.#save());
        return;
      case 'open-source':
        this.#inBackground(openSource(this.services, this.services.runtimes.byId(this.runtimeId), message.path));
        return;
      case 'error':
        this.services.channel.error(`${this.kind}: ${message.message}`);
        return;
      case undefined:
        this.services.channel.warn(`${this.kind}: the page sent an unknown message.`);
    }
  }

  async #load(): Promise<void> {
    const { services, runtimeId } = this;
    const { t } = services;
    this.#loads += 1;
    const load = this.#loads;
    if (this.#view === undefined) this.#post({ kind: 'wait', message: t('Reading the runtime…') });
    const message = await this.#message(runtimeId).catch((error: unknown): ToPage => problemOf(error));
    if (load !== this.#loads) return;
    this.#post(message);
  }

  async #message(runtimeId: string): Promise<ToPage> {
    const { services } = this;
    // After a reload of the window, the runtimes are not known yet.
    if (services.runtimes.byId(runtimeId) === undefined) await services.runtimes.refresh();
    const runtime = services.runtimes.byId(runtimeId);
    if (runtime === undefined) {
      return { kind: 'problem', message: services.t('This runtime is no longer in the workspace: {0}', runtimeId) };
    }
    this.#view = await loadView(this.kind, services, runtime);
    this.panel.title = titleOfPanel(this.kind, runtime.name, services);
    return { kind: 'show', view: this.#view };
  }

  #post(message: ToPage): void {
    this.#inBackground(this.panel.webview.postMessage(message));
  }

  /** "Save as HTML" */
  async #save(): Promise<void> {
    const view = this.#view;
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
      this.services.channel.error(`${this.kind}: ${message}`);
      void window.showErrorMessage(`Polkadot PVF: ${message}`);
    });
  }
}

function problemOf(error: unknown): ToPage {
  const remedy = error instanceof CheckFailed && error.failure.kind === 'problem' ? error.failure.remedy : undefined;
  return { kind: 'problem', message: errorMessage(error), ...(remedy === undefined ? {} : { remedy }) };
}
