/** The limits of relay chains: saved profiles, and those of a live chain. */
import { realpath } from 'node:fs/promises';
import path from 'node:path';
import { errorMessage } from '../../base/errors.ts';
import type { HostEnvironment } from '../../base/host-environment.ts';
import { isInside } from '../../base/paths.ts';
import type { OpenChain } from '../../chain/chain-reader.ts';
import { ConfigError } from '../../limits/json-file.ts';
import { builtInProfiles } from '../../limits/profile.ts';
import { profileChanges } from '../../limits/profile-changes.ts';
import { loadProfile } from '../../limits/profile-file.ts';
import { listSavedProfiles, profilesFolder, saveProfile } from '../../limits/saved-profiles.ts';
import {
  type FetchedLimits,
  fileOf,
  type KnownProfile,
  type ProfileList,
  workspaceProfiles,
} from '../core/profiles.ts';
import type { Params } from './messages.ts';

export type UserPlace = HostEnvironment & { readonly homeFolder: string };

/** The built-in profiles, the saved ones, and those that settings name. Never rejects. */
export async function listProfiles(
  { workspaceFolders, named }: Params<'profiles'>,
  place: UserPlace,
): Promise<ProfileList> {
  const builtIn = builtInProfiles.map(
    (profile): KnownProfile => ({ value: profile.name, place: { kind: 'built-in' }, profile }),
  );
  const ofUser = await listSavedProfiles(profilesFolder(place));
  const ofWorkspace = await Promise.all(workspaceFolders.map(savedIn));
  const known = [
    ...builtIn,
    ...ofWorkspace.flatMap(({ saved }) => saved),
    ...ofUser.saved.map(
      (one): KnownProfile => ({
        value: one.name,
        place: { kind: 'user', path: one.path },
        profile: one.profile,
      }),
    ),
  ];
  const problems = [...ofWorkspace, ofUser].flatMap((listed) => listed.problems);
  const paths = new Set(known.flatMap((one) => [one.value, fileOf(one.place) ?? '']));
  for (const value of new Set(named)) {
    if (paths.has(value)) continue;
    try {
      const profile = await loadProfile(value, profilesFolder(place));
      known.push({ value, place: { kind: 'file', path: value }, profile });
    } catch (error) {
      problems.push(errorMessage(error));
    }
  }
  return { known, problems };
}

async function savedIn(workspaceFolder: string) {
  const { saved, problems } = await listSavedProfiles(path.join(workspaceFolder, workspaceProfiles));
  const known = saved.map(
    ({ path: file, profile }): KnownProfile => ({
      value: file,
      place: { kind: 'workspace', path: file, workspaceFolder },
      profile,
    }),
  );
  return { saved: known, problems };
}

interface FetchContext {
  readonly openChain: OpenChain;
  readonly place: UserPlace;
  readonly signal: AbortSignal;
}

/** Rejects with `ChainError`, or the signal's reason. */
export async function fetchLimits(
  { url, against }: Params<'fetchLimits'>,
  { openChain, place, signal }: FetchContext,
): Promise<FetchedLimits> {
  await using chain = await openChain(url, { signal });
  const profile = await chain.limits();
  const present = await loadProfile(against, profilesFolder(place)).catch(() => undefined);
  return { profile, changes: present && profileChanges(present, profile) };
}

/** Replaces an older profile of the same chain. Rejects with `ConfigError`. Returns the path. */
export async function saveFetched(
  { profile, workspaceFolder }: Params<'saveProfile'>,
  place: UserPlace,
): Promise<string> {
  if (workspaceFolder === undefined) return saveProfile(profilesFolder(place), profile);
  const folder = path.join(workspaceFolder, workspaceProfiles);
  await assertInside(folder, workspaceFolder);
  return saveProfile(folder, profile);
}

/** A link in the workspace could lead the file to any folder of the user. */
async function assertInside(folder: string, workspaceFolder: string): Promise<void> {
  const root = await realpath(workspaceFolder);
  for (const one of [path.dirname(folder), folder]) {
    const real = await realpath(one).catch(() => root);
    if (!isInside(real, root)) throw new ConfigError(`${one} leads out of the workspace, so nothing is saved there.`);
  }
}
