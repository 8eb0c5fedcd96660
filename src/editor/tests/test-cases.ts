/** Which tests there are: one for each runtime and each profile that is in use. */
import type { KnownProfile, ProfileList } from '../core/profiles.ts';
import { fileOf } from '../core/profiles.ts';
import { isAutomatic, type Runtime } from '../model.ts';

export interface TestCase {
  /** Unique, and the same in the next search. */
  readonly id: string;
  readonly runtime: Runtime;
  /** The name or the path of the profile. */
  readonly profile: string;
  /** Absent: it can't be read. */
  readonly known?: KnownProfile;
  /** The views show the result of this one. */
  readonly isInUse: boolean;
}

/**
 * The profile of the setting first, then the saved ones of the runtime's folder and of the user. The built-in ones are not
 * those of any chain, so they count only if a setting names them.
 * @param inUse what the setting names for the runtime
 */
export function testCasesOf(runtime: Runtime, inUse: string, { known }: Pick<ProfileList, 'known'>): TestCase[] {
  if (!isAutomatic(runtime)) return [];
  const isUsed = (one: KnownProfile) => one.value === inUse || fileOf(one.place) === inUse;
  const used = known.find(isUsed);
  const others = known.filter((one) => !isUsed(one) && isSavedFor(runtime, one));
  const caseOf = (profile: string, isSetting: boolean, one: KnownProfile | undefined): TestCase => ({
    id: `${runtime.id}\n${profile}`,
    runtime,
    profile,
    ...(one && { known: one }),
    isInUse: isSetting,
  });
  return [caseOf(inUse, true, used), ...others.map((one) => caseOf(one.value, false, one))];
}

function isSavedFor({ workspaceFolder }: Runtime, { place }: KnownProfile): boolean {
  if (place.kind === 'workspace') return place.workspaceFolder === workspaceFolder;
  return place.kind === 'user';
}
