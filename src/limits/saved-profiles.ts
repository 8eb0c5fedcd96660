/** The profiles that the user has fetched: `<configuration folder>/profiles/<name>.json`. */
import { mkdir, readdir } from 'node:fs/promises';
import path from 'node:path';
import { writeAtomically } from '../base/atomic-file.ts';
import { configFolder } from '../base/config-folder.ts';
import { errorMessage } from '../base/errors.ts';
import type { HostEnvironment } from '../base/host-environment.ts';
import { ConfigError, parseConfig, readJsonObject } from './json-file.ts';
import { builtInProfiles, type Profile } from './profile.ts';
import { profileJson } from './profile-json.ts';
import { profileSchema } from './profile-schema.ts';

const EXTENSION = '.json';

/** No more than these are listed. */
const MAX_LISTED = 200;

/** A name that is safe as the name of a file on every system. The chain chooses it. */
const safeName = /^[a-z0-9][a-z0-9_-]{0,62}$/i;
const deviceName = /^(?:con|prn|aux|nul|com\d|lpt\d)$/i;

export interface SavedProfile {
  readonly name: string;
  readonly path: string;
  readonly profile: Profile;
}

export function profilesFolder(place: HostEnvironment & { readonly homeFolder: string }): string {
  return path.join(configFolder(place), 'profiles');
}

/** The file of a saved profile. Undefined: it can't have this name. */
export function savedProfilePath(folder: string, name: string): string | undefined {
  const isUsable = safeName.test(name) && !deviceName.test(name) && builtInProfiles.every((one) => one.name !== name);
  return isUsable ? path.join(folder, `${name}${EXTENSION}`) : undefined;
}

/** The profiles of the folder by name, and why other files are none. Never rejects. */
export async function listSavedProfiles(
  folder: string,
): Promise<{ readonly saved: readonly SavedProfile[]; readonly problems: readonly string[] }> {
  const names = await readdir(folder).catch((): string[] => []);
  const saved: SavedProfile[] = [];
  const problems: string[] = [];
  const wanted = names.filter((name) => name.endsWith(EXTENSION)).sort();
  for (const file of wanted.slice(0, MAX_LISTED)) {
    const name = file.slice(0, -EXTENSION.length);
    const place = savedProfilePath(folder, name);
    if (place === undefined) continue;
    try {
      saved.push({ name, path: place, profile: await readProfileFile(place) });
    } catch (error) {
      problems.push(errorMessage(error));
    }
  }
  return { saved, problems };
}

/** Rejects with `ConfigError`. */
export async function readProfileFile(file: string): Promise<Profile> {
  return parseConfig(profileSchema, file, await readJsonObject(file, 'profile'));
}

/**
 * Rejects with `ConfigError` unless there is no such file, or it is a fetched profile of the same chain, which a newer one may
 * replace.
 */
export async function checkReplaceable(file: string, { chain }: Profile): Promise<void> {
  let before: Profile;
  try {
    before = await readProfileFile(file);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    if (error.isMissing) return;
    throw new ConfigError(`${file} is not replaced, because it is no profile. ${error.message}`);
  }
  if (before.rpc !== undefined && before.chain === chain) return;
  const what =
    before.rpc === undefined ? 'was not fetched from a chain' : `is of the chain ${before.chain ?? 'unknown'}`;
  throw new ConfigError(`${file} is not replaced, because that profile ${what}. Name another file with --output.`);
}

/** Replaces an older profile of the same chain. Rejects with `ConfigError`. Returns the path. */
export async function saveProfile(folder: string, profile: Profile): Promise<string> {
  const name = profile.chain ?? profile.name;
  const file = savedProfilePath(folder, name);
  if (file === undefined) {
    throw new ConfigError(
      `The chain is called ${JSON.stringify(name)}, which can't be the name of a profile. Use --output.`,
    );
  }
  await checkReplaceable(file, profile);
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await writeAtomically(file, profileJson({ ...profile, name }));
  } catch (error) {
    throw new ConfigError(`${file}: the profile can't be written: ${errorMessage(error)}.`);
  }
  return file;
}
