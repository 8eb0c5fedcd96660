import { profileFromActiveConfig } from './active-config.ts';
import { ConfigError, parseConfig, readJsonFile } from './json-file.ts';
import { builtInProfiles } from './profile.ts';
import { type Profile, profileSchema } from './profile-schema.ts';

/**
 * Returns the built-in profile of that name, or reads the JSON file: a profile file, or the host configuration of a relay
 * chain as other tools write it. Rejects with `ConfigError`.
 */
export async function loadProfile(nameOrPath: string): Promise<Profile> {
  const builtIn = builtInProfiles.find(({ name }) => name === nameOrPath);
  if (builtIn) return builtIn;
  if (!/[./\\]/.test(nameOrPath)) {
    const names = builtInProfiles.map(({ name }) => name).join(', ');
    throw new ConfigError(`Unknown profile ${nameOrPath}. Use ${names} or the path of a profile file.`);
  }
  const file = await readJsonFile(nameOrPath, 'profile');
  return profileFromActiveConfig(nameOrPath, file) ?? parseConfig(profileSchema, nameOrPath, file.value);
}
