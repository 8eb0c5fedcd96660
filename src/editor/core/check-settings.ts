/** The `pvf.*` settings of a check. Accepts any value that a settings file may contain. */
import { omitUndefined } from '../../base/omit-undefined.ts';
import { expandPath, isInside } from '../../base/paths.ts';
import type { CheckSettings } from '../../check/check-settings.ts';
import { defaultProfileName } from '../../limits/profile.ts';
import { type Instances, parseInstances } from '../../worker/built-in/instances.ts';
import { builtInName } from '../../worker/built-in/version.ts';

export type OnChange = 'off' | 'inspect' | 'prepare';

export interface SettingsPlace {
  /** The base of relative paths, and the value of `${workspaceFolder}`. */
  readonly workspaceFolder?: string;
  readonly workspaceFolders: readonly string[];
  readonly isTrusted: boolean;
  readonly verbose: boolean;
}

/** Reads a setting. The key has no `pvf.` prefix; the value may have any type. */
export type ReadSetting = (key: string) => unknown;

type Warn = (message: string) => void;

const MIB = 1024 * 1024;

/** Ignores invalid settings, with a warning. Reading the metadata runs code of the workspace, so it needs trust. */
export function checkSettings(read: ReadSetting, place: SettingsPlace, warn: Warn): CheckSettings {
  const { workspaceFolders, isTrusted, verbose } = place;
  const timeout = number(read, 'timeout', (value) => value > 0 && value <= 86_400, warn);
  const memory = number(read, 'memoryLimit', (value) => Number.isInteger(value) && value >= 1 && value <= MIB, warn);
  const budget = text(read, 'budget', warn);
  const allow = texts(read, 'allow', warn);
  return {
    instances: instancesOf(read, warn),
    profile: profileOf(text(read, 'profile', warn), place),
    workspaceFolders,
    trustWorkspace: isTrusted,
    verbose,
    sizes: { depth: 'crates' },
    ...omitUndefined({
      metadata: isTrusted && flag(read, 'metadata', true, warn) ? {} : undefined,
      worker: workerOf(text(read, 'worker', warn), place, warn),
      budget: budget === undefined ? undefined : expandPath(budget, place),
      allow: allow.length === 0 ? undefined : allow,
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

function instancesOf(read: ReadSetting, warn: Warn): Instances {
  const value = read('instances') ?? 'auto';
  const instances = parseInstances(value);
  if (instances === undefined) warn(unusable('instances', value));
  return instances ?? 'auto';
}

/** Names contain neither dots nor slashes (src/limits/profile-file.ts). */
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

function flag(read: ReadSetting, key: string, fallback: boolean, warn: Warn): boolean {
  const value = read(key) ?? fallback;
  if (typeof value === 'boolean') return value;
  warn(unusable(key, value));
  return fallback;
}

function texts(read: ReadSetting, key: string, warn: Warn): readonly string[] {
  const value = read(key) ?? [];
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value;
  warn(unusable(key, value));
  return [];
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
