import { Disposable, EventEmitter, window } from 'vscode';
import { isInCrate, type Runtime } from '../model.ts';
import type { Services } from '../services.ts';

/** The runtime that the user works on: that of the file in the editor, else the last checked one, else the first. */
export class ActiveRuntime implements Disposable {
  readonly #runtimes: Services['runtimes'];
  readonly #changed = new EventEmitter<void>();
  readonly onDidChange = this.#changed.event;
  readonly #subscriptions: Disposable;
  #lastChecked: string | undefined;

  constructor({ runtimes, checks }: Pick<Services, 'runtimes' | 'checks'>) {
    this.#runtimes = runtimes;
    this.#subscriptions = Disposable.from(
      this.#changed,
      window.onDidChangeActiveTextEditor(() => this.#changed.fire()),
      checks.onDidChange(({ runtime, state }) => {
        if (state.activity.kind === 'running') this.#lastChecked = runtime.id;
      }),
    );
  }

  get current(): Runtime | undefined {
    const { all } = this.#runtimes;
    const uri = window.activeTextEditor?.document.uri;
    const ofEditor = uri?.scheme === 'file' ? all.find((runtime) => isInCrate(uri.fsPath, runtime)) : undefined;
    const last = this.#lastChecked === undefined ? undefined : this.#runtimes.byId(this.#lastChecked);
    return ofEditor ?? last ?? all[0];
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }
}
