import path from 'node:path';
import { Uri, workspace } from 'vscode';
import { omitUndefined } from '../base/omit-undefined.ts';
import type { CheckSettings } from '../check/check-settings.ts';
import { checkSettings, type OnChange, onChangeOf, type ReadSetting } from './core/check-settings.ts';
import type { Runtime } from './model.ts';

/** The file and the folder whose settings count. */
export type SettingsScope = Pick<Runtime, 'workspaceFolder' | 'manifestPath'> & {
  readonly blob: { readonly path: string };
};

/** Reads `pvf.*`. In an untrusted workspace, VS Code leaves out the settings in `restrictedConfigurations`. */
export class Settings {
  /** Warnings that were already logged. An invalid setting is reported once, not at every build. */
  readonly #warned = new Set<string>();

  constructor(
    private readonly warn: (message: string) => void,
    private readonly isVerbose: () => boolean,
  ) {}

  /** @param runtime absent: the settings of the first folder */
  forCheck(runtime?: SettingsScope): CheckSettings {
    const folders = (workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file');
    const workspaceFolders = folders.map(({ uri }) => uri.fsPath);
    const workspaceFolder = runtime?.workspaceFolder ?? workspaceFolders[0];
    const place = {
      workspaceFolders,
      isTrusted: workspace.isTrusted,
      verbose: this.isVerbose(),
      ...omitUndefined({ workspaceFolder, crateFolder: runtime?.manifestPath && path.dirname(runtime.manifestPath) }),
    };
    return checkSettings(readerOf(runtime), place, (message) => this.#warnOnce(message));
  }

  onChange(runtime: Runtime): OnChange {
    return onChangeOf(readerOf(runtime), (message) => this.#warnOnce(message));
  }

  #warnOnce(message: string): void {
    if (this.#warned.has(message)) return;
    this.#warned.add(message);
    this.warn(message);
  }
}

/** Reads what the user set, in any of VS Code's scopes. The defaults are those of the table of options. */
function readerOf(runtime: SettingsScope | undefined): ReadSetting {
  const scope = runtime === undefined ? undefined : Uri.file(runtime.manifestPath ?? runtime.blob.path);
  const configuration = workspace.getConfiguration('pvf', scope);
  return (key) => {
    const { globalValue, workspaceValue, workspaceFolderValue } = configuration.inspect<unknown>(key) ?? {};
    const isSet = [globalValue, workspaceValue, workspaceFolderValue].some((value) => value !== undefined);
    return isSet ? configuration.get<unknown>(key) : undefined;
  };
}
