/** Reads `pvf.*`. In a workspace that is not trusted VS Code itself leaves out what `restrictedConfigurations` names. */
import { Uri, workspace } from 'vscode';
import type { CheckSettings } from '../check/check-settings.ts';
import { checkSettings, type OnChange, onChangeOf, type ReadSetting } from './core/check-settings.ts';
import type { Runtime } from './model.ts';

export class Settings {
  /** A setting that is wrong is told once, not at every build. */
  readonly #told = new Set<string>();

  constructor(
    private readonly warn: (message: string) => void,
    private readonly isVerbose: () => boolean,
  ) {}

  /** @param runtime absent: of the first folder */
  forCheck(runtime?: Runtime): CheckSettings {
    const folders = (workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file');
    const workspaceFolders = folders.map(({ uri }) => uri.fsPath);
    const workspaceFolder = runtime?.workspaceFolder ?? workspaceFolders[0];
    const place = {
      workspaceFolders,
      isTrusted: workspace.isTrusted,
      verbose: this.isVerbose(),
      ...(workspaceFolder === undefined ? {} : { workspaceFolder }),
    };
    return checkSettings(readerOf(runtime), place, (message) => this.#warnOnce(message));
  }

  onChange(runtime: Runtime): OnChange {
    return onChangeOf(readerOf(runtime), (message) => this.#warnOnce(message));
  }

  #warnOnce(message: string): void {
    if (this.#told.has(message)) return;
    this.#told.add(message);
    this.warn(message);
  }
}

function readerOf(runtime: Runtime | undefined): ReadSetting {
  const scope = runtime === undefined ? undefined : Uri.file(runtime.manifestPath ?? runtime.blob.path);
  const configuration = workspace.getConfiguration('pvf', scope);
  return (key) => configuration.get<unknown>(key);
}
