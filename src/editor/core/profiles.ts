/** What the editor knows of profiles: saved ones, and those just read from a chain. Plain data. */
import type { Profile } from '../../limits/profile.ts';
import type { ValueChange } from '../../limits/profile-changes.ts';

export interface ProfilesRequest {
  /** The roots of the workspace folders. */
  readonly workspaceFolders: readonly string[];
  /** Names or paths in settings. */
  readonly named: readonly string[];
}

export type ProfilePlace =
  | { readonly kind: 'built-in' }
  | { readonly kind: 'user'; readonly path: string }
  | { readonly kind: 'workspace'; readonly path: string; readonly workspaceFolder: string }
  /** A setting names it. */
  | { readonly kind: 'file'; readonly path: string };

export interface KnownProfile {
  /** What `CheckSettings.profile` has: a name or an absolute path. */
  readonly value: string;
  readonly place: ProfilePlace;
  readonly profile: Profile;
}

export interface ProfileList {
  readonly known: readonly KnownProfile[];
  /** Why files are no profiles: one sentence each. */
  readonly problems: readonly string[];
}

export interface FetchedLimits {
  readonly profile: Profile;
  /** The differences from the profile that is in use. Undefined: that one can't be read. */
  readonly changes: readonly ValueChange[] | undefined;
}

/** The folder of a workspace folder's own profiles, relative to it. With slashes, for settings on every system. */
export const workspaceProfiles = '.pvf/profiles';

/** Undefined for a built-in profile. */
export function fileOf(place: ProfilePlace): string | undefined {
  return place.kind === 'built-in' ? undefined : place.path;
}
