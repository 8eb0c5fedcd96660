/** The settings of `pvf.*` that a check needs, from whatever stands in a person's settings file. */
import { expandPath, isInside } from '../../base/paths.ts';
import { present } from '../../base/present.ts';
import { defaultProfileName } from '../../limits/profile.ts';
import { builtInName } from '../../worker/locate/built-in-name.ts';

export interface CheckSettings {
  /** An absolute path, or `portable`; absent: the first that is found. */
  readonly worker?: string;
  readonly instances: number | 'auto';
  /** A built-in one's name, or an absolute path. */
  readonly profile: string;
  readonly prepTimeoutMs?: number;
  /** Bytes. */
  readonly memoryLimit?: bigint;
  /** An absolute path. */
  readonly budget?: string;
  readonly workspaceFolders: readonly string[];
  readonly trustWorkspace: boolean;
  /** The worker tells more in the log. */
  readonly verbose: boolean;
}

export type OnChange = 'off' | 'inspect' | 'prepare';

export interface SettingsPlace {
  /** What relative paths and `${workspaceFolder}` mean. */
  readonly workspaceFolder?: string;
  readonly workspaceFolders: readonly string[];
  readonly isTrusted: boolean;
  readonly verbose: boolean;
}

/** The value of a setting without the `pvf.` in front, of whatever type. */
export type ReadSetting = (key: string) => unknown;

type Warn = (message: string) => void;

const MIB = 1024 * 1024;

/** What is not valid counts as not set, and is told. */
export function checkSettings(read: ReadSetting, place: SettingsPlace, warn: Warn): CheckSettings {
  const { workspaceFolders, isTrusted, verbose } = place;
  const timeout = number(read, 'timeout', (value) => value > 0 && value <= 86_400, warn);
  const memory = number(read, 'memoryLimit', (value) => Number.isInteger(value) && value >= 1 && value <= MIB, warn);
  const instances = number(read, 'instances', (value) => Number.isInteger(value) && value >= 0 && value <= 99, warn);
  const budget = text(read, 'budget', warn);
  return {
    instances: instances === undefined || instances === 0 ? 'auto' : instances,
    profile: profileOf(text(read, 'profile', warn), place),
    workspaceFolders,
    trustWorkspace: isTrusted,
    verbose,
    ...present({
      worker: workerOf(text(read, 'worker', warn), place, warn),
      budget: budget === undefined ? undefined : expandPath(budget, place),
      prepTimeoutMs: timeout === undefined ? undefined : Math.max(1, Math.round(timeout * 1000)),
      memoryLimit: memory === undefined ? undefined : BigInt(memory) * BigInt(MIB),
    }),
  };
}

export function onChangeOf(read: ReadSetting, warn: Warn): OnChange {
  const value = read('onChange');
  if (value === 'off' || value === 'inspect' || value === 'prepare') return value;
  if (value !== undefined) warn(unusable('onChange', value));
  return 'prepare';
}

function workerOf(value: string | undefined, place: SettingsPlace, warn: Warn): string | undefined {
  if (value === undefined || value === 'auto') return undefined;
  if (value === builtInName) return value;
  const path = expandPath(value, place);
  if (place.isTrusted || !place.workspaceFolders.some((folder) => isInside(path, folder))) return path;
  warn(`pvf.worker is not used: ${path} is inside a workspace that is not trusted.`);
  return undefined;
}

/** A name has neither a dot nor a slash: src/limits/profile-file.ts. */
function profileOf(value: string | undefined, place: SettingsPlace): string {
  if (value === undefined) return defaultProfileName;
  return /[./\\]/.test(value) ? expandPath(value, place) : value;
}

function text(read: ReadSetting, key: string, warn: Warn): string | undefined {
  const value = read(key);
  if (typeof value === 'string') return value.trim() === '' ? undefined : value.trim();
  if (value !== undefined && value !== null) warn(unusable(key, value));
  return undefined;
}

function number(read: ReadSetting, key: string, isValid: (value: number) => boolean, warn: Warn): number | undefined {
  const value = read(key);
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'number' && isValid(value)) return value;
  warn(unusable(key, value));
  return undefined;
}

function unusable(key: string, value: unknown): string {
  return `pvf.${key} can't be ${JSON.stringify(value)}; the default is used instead.`;
}
