/** Puts a `pvf.json` below what the user set for the check. */
import type { CheckSettings } from '../check-settings.ts';
import { applyOptions, type CheckOptionName, type OptionValues } from '../options/check-options.ts';
import type { ConfigRequest, TeamConfig } from './config-request.ts';
import { findConfigFile } from './find-config.ts';
import { loadConfig } from './load-config.ts';

/** An option that the user set makes the file's values of these options meaningless. */
const replacedBy: { readonly [Name in CheckOptionName]?: readonly CheckOptionName[] } = {
  profile: ['rpc'],
  rpc: ['profile'],
  baseline: ['baselineIs'],
};

/** The settings with the values of `pvf.json` for every option that the user did not set. */
export function withConfig(
  settings: CheckSettings,
  { values, budget, severities }: TeamConfig,
  { explicit, untrusted }: Pick<ConfigRequest, 'explicit' | 'untrusted'>,
): CheckSettings {
  const hidden = new Set([...explicit, ...explicit.flatMap((name) => replacedBy[name] ?? []), ...untrusted]);
  const counting = Object.entries(values).filter(([name]) => !hidden.has(name as CheckOptionName));
  return {
    ...applyOptions(settings, Object.fromEntries(counting) as OptionValues),
    ...(budget !== undefined && !hidden.has('budget') && { budget }),
    ...(severities !== undefined && { severities }),
  };
}

/** The members of a `pvf.json` that are ignored because its folder is not trusted. */
export function ignoredMembers(
  { values }: TeamConfig,
  { explicit, untrusted }: Pick<ConfigRequest, 'explicit' | 'untrusted'>,
): readonly CheckOptionName[] {
  return untrusted.filter((name) => values[name] !== undefined && !explicit.includes(name));
}

/** `worker and rpc are not used, because the folder is not trusted`: a clause. */
export function ignoredText(path: string, names: readonly CheckOptionName[]): string {
  return `${path}: ${names.join(' and ')} ${names.length === 1 ? 'is' : 'are'} not used, because the folder is not trusted`;
}

/**
 * Finds and applies the `pvf.json` that the settings ask for. Rejects with `ConfigError`.
 * @param warn receives a sentence about what is ignored
 */
export async function resolveConfig(
  { config: request, ...settings }: CheckSettings,
  warn: (message: string) => void,
): Promise<CheckSettings> {
  const file = request && (await findConfigFile(request));
  if (request === undefined || file === undefined) return settings;
  const config = await loadConfig(file);
  const ignored = ignoredMembers(config, request);
  if (ignored.length > 0) warn(`${ignoredText(file, ignored)}.`);
  return withConfig(settings, config, request);
}
