/** The `pvf.*` settings of a check. Accepts any value that a settings file may contain. */
import { expandPath, isInside } from '../../base/paths.ts';
import type { CheckSettings } from '../../check/check-settings.ts';
import type { ConfigRequest } from '../../check/config/config-request.ts';
import { trustedMembers } from '../../check/config/trusted-members.ts';
import {
  applyOptions,
  type CheckSettingKey,
  checkSettingKeys,
  defaultSettings,
  type OptionValues,
  optionRow,
} from '../../check/options/check-options.ts';

export type OnChange = 'off' | 'inspect' | 'prepare';

export interface SettingsPlace {
  /** The base of relative paths, and the value of `${workspaceFolder}`. */
  readonly workspaceFolder?: string;
  /** The folder of the runtime's crate. Absent: not known. */
  readonly crateFolder?: string;
  readonly workspaceFolders: readonly string[];
  readonly isTrusted: boolean;
  readonly verbose: boolean;
}

/**
 * Reads a setting that the user set. The key has no `pvf.` prefix; the value may have any type. Undefined: the user did not set
 * it.
 */
export type ReadSetting = (key: string) => unknown;

type Warn = (message: string) => void;

/** Ignores invalid settings, with a warning. Reading the metadata runs code of the workspace, so it needs trust. */
export function checkSettings(read: ReadSetting, place: SettingsPlace, warn: Warn): CheckSettings {
  const { workspaceFolders, isTrusted, verbose } = place;
  const values = settingValues(read, place, warn);
  const fallback = defaultSettings({ workspaceFolders, trustWorkspace: isTrusted, verbose });
  const { metadata, ...settings } = applyOptions(
    { ...fallback, sizes: { depth: 'crates' } },
    { metadata: true, ...values },
  );
  return {
    ...settings,
    ...(metadata && isTrusted && { metadata }),
    ...(place.workspaceFolder !== undefined && { config: configRequest(values, place.workspaceFolder, place) }),
  };
}

/** The `pvf.json` next to the crate, or above it in the workspace folder. */
function configRequest(
  values: OptionValues,
  top: string,
  { crateFolder = top, isTrusted }: SettingsPlace,
): ConfigRequest {
  const explicit = checkSettingKeys.filter((key) => values[key] !== undefined);
  // Reading the metadata runs code of the workspace.
  const untrusted = isTrusted ? [] : [...trustedMembers, 'metadata' as const];
  return { from: isInside(crateFolder, top) ? crateFolder : top, top, explicit, untrusted };
}

export function onChangeOf(read: ReadSetting, warn: Warn): OnChange {
  const value = read('onChange');
  if (value === 'off' || value === 'inspect' || value === 'prepare') return value;
  if (value !== undefined) warn(unusable('onChange', value));
  return 'prepare';
}

/** The settings that the user set, with absolute paths. */
function settingValues(read: ReadSetting, place: SettingsPlace, warn: Warn): OptionValues {
  const entries = checkSettingKeys.flatMap((key) => {
    const value = settingValue(key, read, place, warn);
    return value === undefined ? [] : [[key, value] as const];
  });
  return Object.fromEntries(entries);
}

function settingValue(key: CheckSettingKey, read: ReadSetting, place: SettingsPlace, warn: Warn): unknown {
  const written = read(key);
  if (written === undefined || written === null) return undefined;
  if (typeof written === 'string' && written.trim() === '') return undefined;
  const { value, settingValue: kind = value, isPath } = optionRow(key);
  const found = kind.readJson(written);
  if (found === undefined) {
    warn(unusable(key, written));
    return undefined;
  }
  if (typeof found !== 'string' || isPath === undefined || isPath(found) === false) return found;
  const path = expandPath(found, place);
  if (key !== 'worker' || place.isTrusted || !place.workspaceFolders.some((folder) => isInside(path, folder))) {
    return path;
  }
  warn(`pvf.worker is not used: ${path} is inside a workspace that is not trusted.`);
  return undefined;
}

function unusable(key: string, value: unknown): string {
  return `pvf.${key} can't be ${JSON.stringify(value)}; the default is used instead.`;
}
