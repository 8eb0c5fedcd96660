/** The user's own configuration: which folders are trusted, and which worker to use. Never read from a workspace. */
import { mkdir, realpath } from 'node:fs/promises';
import path from 'node:path';
import * as v from 'valibot';
import { writeAtomically } from '../base/atomic-file.ts';
import { configFolder } from '../base/config-folder.ts';
import { errorMessage } from '../base/errors.ts';
import { isInside } from '../base/paths.ts';
import type { ValueOf } from '../base/schema.ts';
import type { CheckEnvironment } from '../check/check-environment.ts';
import { configObject, nonEmptyText } from '../limits/config-schema.ts';
import { ConfigError, parseConfig, readJsonObject } from '../limits/json-file.ts';
import { builtInName } from '../worker/built-in/version.ts';

const schema = configObject({
  trustedFolders: v.exactOptional(v.array(nonEmptyText(), 'must be an array')),
  worker: v.exactOptional(
    v.pipe(
      nonEmptyText(),
      v.check(
        (value) => value === builtInName || path.isAbsolute(value) || /^~[\\/]/.test(value),
        `must be ${builtInName} or the absolute path of a worker`,
      ),
    ),
  ),
});

export type UserConfig = ValueOf<typeof schema>;

type Place = Pick<CheckEnvironment, 'platform' | 'processEnv' | 'homeFolder'>;

export function userConfigFile({ platform, processEnv: env, homeFolder }: Place): string {
  return path.join(configFolder({ platform, env, homeFolder }), 'config.json');
}

/** Empty when there is no file. Rejects with `ConfigError`. */
export async function readUserConfig(place: Place): Promise<UserConfig> {
  const file = userConfigFile(place);
  try {
    return parseConfig(schema, file, await readJsonObject(file, 'configuration'));
  } catch (error) {
    if (error instanceof ConfigError && error.isMissing) return {};
    throw error;
  }
}

/** Rejects with `ConfigError`. */
export async function writeUserConfig(place: Place, config: UserConfig): Promise<void> {
  const file = userConfigFile(place);
  try {
    await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
    await writeAtomically(file, `${JSON.stringify(config, undefined, 2)}\n`);
  } catch (error) {
    throw new ConfigError(`${file}: the configuration can't be written: ${errorMessage(error)}.`);
  }
}

/** Whether the user trusts the folder, or one around it. Compares real paths. */
export async function isTrusted(folder: string, { trustedFolders = [] }: UserConfig): Promise<boolean> {
  const real = await realpath(folder).catch(() => folder);
  const trusted = await Promise.all(trustedFolders.map((one) => realpath(one).catch(() => undefined)));
  return trusted.some((one) => one !== undefined && isInside(real, one));
}
