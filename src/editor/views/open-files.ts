/** Context keys about the open files, for menus that are shown only where they are of use. */
import path from 'node:path';
import { commands, Disposable, type Tab, window } from 'vscode';
import { errorMessage } from '../../base/errors.ts';
import { activeFile, fileOfTab } from '../active-file.ts';
import type { OpenFileKey } from '../contributions.ts';
import { fileLooksLikeRuntime } from '../discovery/looks-like-runtime.ts';
import { isInCrate } from '../model.ts';
import type { Services } from '../services.ts';

/** Files with other extensions are not read, so that open source files cost nothing. */
const mayHoldRuntime: ReadonlySet<string> = new Set(['.wasm', '.polkavm', '.json', '.txt', '.hex', '.bin', '.raw', '']);
/** Activation does not wait for it. */
const START_MS = 1000;

export function followOpenFiles(services: Services): Disposable {
  const open = new OpenFiles(services);
  const start = setTimeout(() => open.tabsChanged(allTabs()), START_MS);
  return Disposable.from(
    { dispose: () => clearTimeout(start) },
    window.tabGroups.onDidChangeTabs(({ opened, changed, closed }) => {
      open.closed(closed);
      open.tabsChanged([...opened, ...changed]);
    }),
    window.tabGroups.onDidChangeTabGroups(() => open.tabsChanged([])),
    services.runtimes.onDidChange(() => open.tabsChanged([])),
  );
}

class OpenFiles {
  readonly #inputs = new Set<string>();
  readonly #sent = new Map<OpenFileKey, string>();

  constructor(private readonly services: Services) {}

  /** Reads the beginning of these files again, because they may have changed. */
  tabsChanged(tabs: readonly Tab[]): void {
    const files = tabs.flatMap(({ input }) => fileOfTab(input) ?? []);
    const candidates = files.filter((file) => mayHoldRuntime.has(path.extname(file).toLowerCase()));
    const looking = candidates.map(async (file) => {
      if (await fileLooksLikeRuntime(file)) this.#inputs.add(file);
      else this.#inputs.delete(file);
    });
    Promise.all(looking).then(
      () => this.#send(),
      (error: unknown) => this.services.channel.error(errorMessage(error)),
    );
  }

  closed(tabs: readonly Tab[]): void {
    const stillOpen = new Set(allTabs().map(({ input }) => fileOfTab(input)));
    for (const { input } of tabs) {
      const file = fileOfTab(input);
      if (file !== undefined && !stillOpen.has(file)) this.#inputs.delete(file);
    }
  }

  /** Sends changed values only. */
  #send(): void {
    const values: Readonly<Record<OpenFileKey, unknown>> = {
      'pvf.inputs': [...this.#inputs],
      'pvf.inCrate': this.#isInCrate(activeFile()),
    };
    for (const key of Object.keys(values) as OpenFileKey[]) {
      const text = JSON.stringify(values[key]);
      if (this.#sent.get(key) === text) continue;
      this.#sent.set(key, text);
      void commands.executeCommand('setContext', key, values[key]);
    }
  }

  #isInCrate(file: string | undefined): boolean {
    const { all, unbuilt } = this.services.runtimes;
    return file !== undefined && [...all, ...unbuilt].some((crate) => isInCrate(file, crate));
  }
}

function allTabs(): readonly Tab[] {
  return window.tabGroups.all.flatMap(({ tabs }) => tabs);
}
