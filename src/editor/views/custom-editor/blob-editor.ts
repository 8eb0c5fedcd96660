/** "Open as PVF": a read-only editor for runtime blobs and chain specs. VS Code never chooses it by itself. */
import path from 'node:path';
import {
  type CustomDocument,
  type CustomReadonlyEditorProvider,
  commands,
  Disposable,
  env,
  RelativePattern,
  Uri,
  type WebviewPanel,
  window,
  workspace,
} from 'vscode';
import { errorMessage } from '../../../base/errors.ts';
import type { SpecCodeSummary } from '../../../check/spec-codes.ts';
import { parseFromBlobPage, type ToBlobPage } from '../../../model/blob-page.ts';
import type { Report } from '../../../model/report.ts';
import { CheckFailed } from '../../check-thread/thread-client.ts';
import { blobEditor, type CommandId } from '../../contributions.ts';
import { lastChoice, rememberChoice } from '../../core/code-choices.ts';
import { settle } from '../../discovery/settle.ts';
import { type Runtime, type ShownResult, shownResult } from '../../model.ts';
import type { Services } from '../../services.ts';
import { frameOf } from './html.ts';
import { codeSelection, pageOf } from './page-data.ts';

const STATUS_MS = 4000;

export function provideBlobEditor(services: Services): Disposable {
  const provider: CustomReadonlyEditorProvider = {
    openCustomDocument: (uri) => ({ uri, dispose: () => {} }),
    resolveCustomEditor: ({ uri }: CustomDocument, panel) => new BlobView(services, uri, panel).start(),
  };
  return window.registerCustomEditorProvider(blobEditor, provider, { supportsMultipleEditorsPerDocument: true });
}

/** One open editor. */
class BlobView {
  readonly #file: string;
  readonly #closed = new AbortController();
  /** The read that is running. A newer one replaces it. */
  #reading = new AbortController();
  #codes: readonly SpecCodeSummary[] = [];
  /** Block of the shown substitute. Undefined: the genesis code, or the file is no chain spec. */
  #block: string | undefined;
  #shown: Report | undefined;

  constructor(
    private readonly services: Services,
    private readonly uri: Uri,
    private readonly panel: WebviewPanel,
  ) {
    this.#file = uri.fsPath;
  }

  start(): void {
    const { context, checks, channel } = this.services;
    const { webview } = this.panel;
    const media = Uri.joinPath(context.extensionUri, 'dist', 'media');
    webview.options = { enableScripts: true, localResourceRoots: [media] };
    const subscriptions = Disposable.from(
      webview.onDidReceiveMessage((message: unknown) => {
        this.#onMessage(message).catch((error: unknown) => channel.error(`${blobEditor}: ${errorMessage(error)}`));
      }),
      this.#watch(),
      checks.onDidChange(({ runtime, state }) => {
        if (runtime.blob.path === this.#file && state.activity.kind !== 'queued') this.#showKnown();
      }),
    );
    this.panel.onDidDispose(() => {
      this.#closed.abort();
      this.#reading.abort();
      subscriptions.dispose();
    });
    webview.html = frameOf(webview, context.extensionUri, env.language);
  }

  async #onMessage(value: unknown): Promise<void> {
    const message = parseFromBlobPage(value);
    switch (message?.kind) {
      case 'ready':
        await this.#read();
        return;
      case 'choose-code':
        await this.#choose(message.value);
        return;
      case 'copy-hash':
        await this.#copyHash();
        return;
      case 'prepare': {
        // The command finds the runtime, and checks the code of a chain spec that was chosen last.
        await commands.executeCommand('pvf.prepare' satisfies CommandId, this.uri);
        return;
      }
      case 'show-sizes':
        await commands.executeCommand('pvf.showSizes' satisfies CommandId, this.uri);
        return;
      case 'open-source': {
        const { crate } = message;
        const runtimeId = this.#runtime()?.id;
        await commands.executeCommand('pvf.openSource' satisfies CommandId, { crate, runtimeId });
        return;
      }
      case 'explain':
        await commands.executeCommand('pvf.explain' satisfies CommandId, message.findingId);
        return;
      case 'error':
        this.services.channel.error(`${blobEditor}: ${message.message}`);
        return;
      case undefined:
        return;
    }
  }

  async #choose(value: string): Promise<void> {
    const code = this.#codes.find(({ block }) => (block ?? '') === value);
    if (code === undefined) return;
    this.#block = code.block;
    await rememberChoice(this.services.context.workspaceState, this.#file, code);
    await this.#read();
  }

  async #copyHash(): Promise<void> {
    if (this.#shown === undefined) return;
    const { codeHash } = this.#shown.runtime;
    await env.clipboard.writeText(codeHash);
    window.setStatusBarMessage(this.services.t('Copied {0}.', codeHash), STATUS_MS);
  }

  /** Reads the file, and shows it. Only the last of several reads shows something. */
  async #read(): Promise<void> {
    this.#reading.abort();
    const reading = new AbortController();
    this.#reading = reading;
    const { t } = this.services;
    this.#post({ kind: 'wait', message: t('Reading {0}', path.basename(this.#file)) });
    try {
      if (this.uri.scheme !== 'file') throw new Error(t('The file must be on a real file system.'));
      const { kind } = await settle(this.#file, { signal: reading.signal });
      if (kind === 'gone') throw new Error(t('The file was deleted.'));
      await this.#inspect(reading.signal);
    } catch (error) {
      if (!reading.signal.aborted) this.#showProblem(error);
    }
  }

  async #inspect(signal: AbortSignal): Promise<void> {
    const { checks, context } = this.services;
    // A chain spec of any name has codes. Only a file that looks like one is read twice.
    this.#codes =
      path.extname(this.#file) === '.json' ? await checks.queries.specCodes(this.#file).catch(() => []) : [];
    const chosen = lastChoice(context.workspaceState, this.#file, this.#codes);
    this.#block = chosen?.block ?? this.#codes[0]?.block;
    const report = await checks.queries.inspectFile(this.#file, this.#block, signal);
    if (signal.aborted) return;
    this.#showInspected(report);
    // Some runtimes take seconds to return their metadata.
    const complete = await checks.queries.inspectWithMetadata(this.#file, this.#block, signal);
    if (!signal.aborted && complete !== undefined) this.#showInspected(complete);
  }

  #showInspected(report: Report): void {
    this.#shown = report;
    if (!this.#showKnown()) this.#show({ report, isCurrent: true, isInterim: false });
  }

  #runtime(): Runtime | undefined {
    const isShown = ({ blob, substituteBlock }: Runtime) => blob.path === this.#file && substituteBlock === this.#block;
    return this.services.runtimes.all.find(isShown);
  }

  /** Shows the result of a check of the same code, which has a vote. Returns whether there is one. */
  #showKnown(): boolean {
    const runtime = this.#runtime();
    if (runtime === undefined || this.#shown === undefined) return false;
    const result = shownResult(this.services.checks.stateOf(runtime.id));
    const { report } = result;
    const { metadata, sizes, runtime: inspected } = this.#shown;
    if (report === undefined || report.runtime.codeHash !== inspected.codeHash) return false;
    this.#show({ ...result, report: { ...(metadata && { metadata }), ...(sizes && { sizes }), ...report } });
    return true;
  }

  #show(result: ShownResult & { readonly report: Report }): void {
    const { t } = this.services;
    const codes = codeSelection(this.#codes, this.#block, t);
    this.#post({ kind: 'show', page: pageOf(path.basename(this.#file), result, codes, t) });
  }

  #showProblem(error: unknown): void {
    const { t } = this.services;
    const failure = error instanceof CheckFailed && error.failure.kind === 'problem' ? error.failure : undefined;
    const codes = codeSelection(this.#codes, this.#block, t);
    this.#shown = undefined;
    this.#post({
      kind: 'problem',
      title: path.basename(this.#file),
      message: failure?.message ?? errorMessage(error),
      ...(failure?.remedy !== undefined && { remedy: failure.remedy }),
      ...(codes && { codes }),
    });
  }

  /** Reads the file again when it changes. */
  #watch(): Disposable {
    // Brackets in a file name are not a pattern.
    const name = path.basename(this.#file).replace(/[[\]{}*]/g, '?');
    const watcher = workspace.createFileSystemWatcher(new RelativePattern(Uri.file(path.dirname(this.#file)), name));
    const read = () => void this.#read();
    return Disposable.from(watcher, watcher.onDidChange(read), watcher.onDidCreate(read), watcher.onDidDelete(read));
  }

  #post(message: ToBlobPage): void {
    if (!this.#closed.signal.aborted) void this.panel.webview.postMessage(message);
  }
}
