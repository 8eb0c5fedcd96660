/** Reads `pvf.json`. */
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { omitUndefined } from '../../base/omit-undefined.ts';
import { expandPath } from '../../base/paths.ts';
import { ConfigError, parseConfig, readJsonObject } from '../../limits/json-file.ts';
import { parseAllowed } from '../allow.ts';
import { type ConfigMemberName, configMemberNames, type OptionValues, optionRow } from '../options/check-options.ts';
import { checkSeverities } from '../severities.ts';
import { configFileName, type TeamConfig } from './config-request.ts';
import { configSchema } from './config-schema.ts';

/** Rejects with a `ConfigError` that names the file, the member and the cause. @param file an absolute path */
export async function loadConfig(file: string): Promise<TeamConfig> {
  return configOf(file, await readJsonObject(file, configFileName));
}

/** Like `loadConfig`, for a content that was read already. */
export async function configOf(file: string, value: unknown): Promise<TeamConfig> {
  const content = parseConfig(configSchema, file, value);
  const { budget, findings: severities, runtimes = [], exclude = [], allow, profile, rpc } = content;
  if (allow !== undefined) parseAllowed(allow, `${file}: allow`);
  if (severities !== undefined) checkSeverities(severities, `${file}: findings`);
  if (profile !== undefined && rpc !== undefined) throw new ConfigError(`${file}: give either profile or rpc.`);
  return {
    path: file,
    values: await withPaths(content, path.dirname(file)),
    ...omitUndefined({ budget, severities }),
    runtimes,
    exclude,
  };
}

async function withPaths(
  content: { readonly [Name in ConfigMemberName]?: unknown },
  folder: string,
): Promise<OptionValues> {
  const entries: (readonly [ConfigMemberName, unknown])[] = [];
  for (const name of configMemberNames) {
    const value = content[name];
    if (value !== undefined)
      entries.push([name, typeof value === 'string' ? await pathOf(name, value, folder) : value]);
  }
  return Object.fromEntries(entries);
}

/** The value, as an absolute path if it is a path. */
async function pathOf(name: ConfigMemberName, value: string, folder: string): Promise<string> {
  const isPath = optionRow(name).isPath?.(value) ?? false;
  if (isPath === false) return value;
  const absolute = expandPath(value, { workspaceFolder: folder });
  if (isPath === true || looksLikeFile(value)) return absolute;
  return stat(absolute).then(
    () => absolute,
    () => value,
  );
}

/** A branch has none of these forms. */
function looksLikeFile(value: string): boolean {
  return path.isAbsolute(value) || /^(?:\.{1,2}|~)[\\/]|\.(?:json|wasm|hex)(?:#\w+)?$/.test(value);
}
