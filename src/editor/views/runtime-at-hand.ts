import { Disposable, EventEmitter, window } from 'vscode';
import type { Runtime } from '../model.ts';
import type { Services } from '../services.ts';
import { isInCrate } from './in-crate.ts';

/** The runtime that the person is about: of the file in the editor, else the one that was checked last, else the first. */
export class RuntimeAtHand implements Disposable {
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
    const uri = window.activeTextEditor?.document.uri;
    const ofEditor = uri?.scheme === 'file' ? this.ofFile(uri.fsPath) : undefined;
    const last = this.#lastChecked === undefined ? undefined : this.#runtimes.byId(this.#lastChecked);
    return ofEditor ?? last ?? this.#runtimes.all[0];
  }

  /** The runtime whose crate the file is in. */
  ofFile(file: string): Runtime | undefined {
    return this.#runtimes.all.find(({ manifestPath }) => manifestPath !== undefined && isInCrate(file, manifestPath));
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }
}
