import { profileFromActiveConfig } from './active-config.ts';
import { ConfigError, type JsonFile, parseConfig, readJsonFile } from './json-file.ts';
import { builtInProfiles } from './profile.ts';
import { type Profile, profileSchema } from './profile-schema.ts';
import { listSavedProfiles, savedProfilePath } from './saved-profiles.ts';

/**
 * Returns the built-in profile of that name, or the one that the user has fetched, or reads the JSON file: a profile file, or
 * the host configuration of a relay chain as other tools write it. Rejects with `ConfigError`.
 * @param folder the user's fetched profiles; absent: there are none
 */
export async function loadProfile(nameOrPath: string, folder?: string): Promise<Profile> {
  const builtIn = builtInProfiles.find(({ name }) => name === nameOrPath);
  if (builtIn) return builtIn;
  if (/[./\\]/.test(nameOrPath)) return profileIn(nameOrPath, await readJsonFile(nameOrPath, 'profile'));
  const saved = folder === undefined ? undefined : savedProfilePath(folder, nameOrPath);
  if (folder === undefined || saved === undefined) throw unknownProfile(nameOrPath, []);
  try {
    return profileIn(saved, await readJsonFile(saved, 'profile'));
  } catch (error) {
    if (!(error instanceof ConfigError && error.isMissing)) throw error;
    throw unknownProfile(nameOrPath, (await listSavedProfiles(folder)).saved);
  }
}

function profileIn(path: string, file: JsonFile): Profile {
  return profileFromActiveConfig(path, file) ?? parseConfig(profileSchema, path, file.value);
}

function unknownProfile(name: string, saved: readonly { readonly name: string }[]): ConfigError {
  const names = [...builtInProfiles, ...saved].map((one) => one.name).join(', ');
  const remedy = `Use ${names} or the path of a profile file, or fetch it (\`pvf limits fetch\`).`;
  return new ConfigError(`Unknown profile ${name}. ${remedy}`);
}
