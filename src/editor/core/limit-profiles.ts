import path from 'node:path';
import type { Profile } from '../../limits/profile.ts';
import type { Params, RequestName, Result } from '../check-thread/messages.ts';
import type { Runtime } from '../model.ts';
import type { FetchedLimits, ProfileList } from './profiles.ts';

export interface LimitProfilesOptions {
  /** Sends a request to the check thread. Rejects with `CheckFailed`. */
  readonly request: <Name extends RequestName>(
    name: Name,
    params: Params<Name>,
    signal?: AbortSignal,
  ) => Promise<Result<Name>>;
  /** The profile of the settings: a name or an absolute path. @param runtime absent: that of the first folder */
  readonly profileOf: (runtime?: Runtime) => string;
  readonly workspaceFolders: () => readonly string[];
  readonly runtimes: () => readonly Runtime[];
  /** The profile of the runtime has other values now. */
  readonly onChanged: (runtime: Runtime) => void;
}

/** The limits of relay chains: saved profiles, and those of live chains. All methods reject with `CheckFailed`. */
export class LimitProfiles {
  constructor(private readonly options: LimitProfilesOptions) {}

  /** The profile of the settings: a name or an absolute path. @param runtime absent: that of the first folder */
  inUse(runtime?: Runtime): string {
    return this.options.profileOf(runtime);
  }

  /** The built-in and saved profiles, and those that settings name. */
  list(): Promise<ProfileList> {
    const { request, profileOf, workspaceFolders, runtimes } = this.options;
    const named = new Set([profileOf(), ...runtimes().map((runtime) => profileOf(runtime))]);
    return request('profiles', { workspaceFolders: workspaceFolders(), named: [...named] });
  }

  /** Reads the limits of a live chain. @param against the profile to compare with: a name or an absolute path */
  fetch(url: string, against: string, signal: AbortSignal): Promise<FetchedLimits> {
    return this.options.request('fetchLimits', { url, against }, signal);
  }

  /** Checks again what uses the profile. Resolves with the path. @param workspaceFolder absent: it is saved for the user */
  async save(profile: Profile, workspaceFolder?: string): Promise<string> {
    const { request, profileOf, runtimes, onChanged } = this.options;
    const params = { profile, ...(workspaceFolder !== undefined && { workspaceFolder }) };
    const file = await request('saveProfile', params);
    const value = profileValue(file, workspaceFolder);
    for (const runtime of runtimes()) if (profileOf(runtime) === value) onChanged(runtime);
    return file;
  }
}

/** What settings have for a saved profile: the path, or the name of one of the user's. */
export function profileValue(file: string, workspaceFolder: string | undefined): string {
  return workspaceFolder === undefined ? path.basename(file, '.json') : file;
}
