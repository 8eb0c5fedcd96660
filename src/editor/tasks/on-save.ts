import path from 'node:path';
import { Disposable, type TaskExecution, type TextDocument, tasks, workspace } from 'vscode';
import { errorMessage } from '../../base/errors.ts';
import { localCrates } from '../discovery/local-crates.ts';
import { isInCrate, type Runtime } from '../model.ts';
import type { Services } from '../services.ts';
import { crateOf } from './crates.ts';
import { type CrateTask, crateTask } from './tasks.ts';

/** "Save All" saves many files at once. */
const DEBOUNCE_MS = 300;

/**
 * Runs the cargo command of `pvf.onSave` when a Rust file of a runtime's crate, or of a local crate that the runtime depends
 * on, is saved. A new save restarts it.
 */
export class OnSave implements Disposable {
  readonly #services: Services;
  readonly #subscription: Disposable;
  readonly #waiting = new Map<string, NodeJS.Timeout>();
  readonly #running = new Map<string, TaskExecution>();
  #isDisposed = false;

  constructor(services: Services) {
    this.#services = services;
    this.#subscription = Disposable.from(
      workspace.onDidSaveTextDocument((document) => void this.#saved(document)),
      tasks.onDidEndTask(({ execution }) => this.#ended(execution)),
    );
  }

  async #saved({ uri, languageId }: TextDocument): Promise<void> {
    if (languageId !== 'rust' || uri.scheme !== 'file' || !workspace.isTrusted) return;
    const kind = workspace.getConfiguration('pvf', uri).get<unknown>('onSave');
    if (kind !== 'check' && kind !== 'build') return;
    const runtime = await runtimeOf(uri.fsPath, this.#services.runtimes.all);
    if (runtime?.manifestPath === undefined || this.#isDisposed) return;
    clearTimeout(this.#waiting.get(runtime.manifestPath));
    this.#waiting.set(
      runtime.manifestPath,
      setTimeout(() => this.#start(runtime, kind), DEBOUNCE_MS),
    );
  }

  #start(runtime: Runtime, kind: CrateTask): void {
    const { manifestPath = '' } = runtime;
    this.#waiting.delete(manifestPath);
    this.#running.get(manifestPath)?.terminate();
    const { t, channel } = this.#services;
    const crate = crateOf(runtime);
    if (crate === undefined) return;
    tasks.executeTask(crateTask(crate, kind, t)).then(
      (execution) => this.#running.set(manifestPath, execution),
      (error: unknown) => channel.error(`cargo ${kind} of ${manifestPath} failed to start: ${errorMessage(error)}`),
    );
  }

  #ended(ended: TaskExecution): void {
    for (const [manifest, execution] of this.#running) if (execution === ended) this.#running.delete(manifest);
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#subscription.dispose();
    for (const timer of this.#waiting.values()) clearTimeout(timer);
  }
}

/** The runtime to build after a file was saved. Of several runtimes that share a crate, the one that was built last. */
async function runtimeOf(file: string, runtimes: readonly Runtime[]): Promise<Runtime | undefined> {
  const own = runtimes.find((runtime) => isInCrate(file, runtime));
  if (own !== undefined) return own;
  const byAge = [...runtimes].sort((a, b) => b.blob.modifiedMs - a.blob.modifiedMs);
  for (const runtime of byAge) if (await dependsOnFile(runtime, file)) return runtime;
  return undefined;
}

async function dependsOnFile({ manifestPath }: Runtime, file: string): Promise<boolean> {
  const crates = manifestPath === undefined ? [] : await localCrates(manifestPath);
  return crates.some((folder) => isInCrate(file, { manifestPath: path.join(folder, 'Cargo.toml') }));
}
