/** What differs between two profiles, for people. */
import { groupDigits } from '../base/units.ts';
import type { LimitValues, Profile } from './profile.ts';
import { profileValues } from './profile-values.ts';

export interface ValueChange {
  /** `Code size` */
  readonly label: string;
  /** `3.00 MiB` */
  readonly was: string;
  readonly now: string;
}

/** The values in force that differ, then those that each scheduled change brings. */
export function profileChanges(before: Profile, after: Profile): ValueChange[] {
  const scheduled = after.pending.flatMap((pending, at) => {
    const from = pending.fromSession === undefined ? 'scheduled' : `from session ${groupDigits(pending.fromSession)}`;
    const earlier = after.pending[at - 1] ?? after;
    return differences(earlier, pending).map((change) => ({ ...change, label: `${change.label}, ${from}` }));
  });
  return [...differences(before, after), ...scheduled];
}

function differences(before: LimitValues, after: LimitValues): ValueChange[] {
  return profileValues.flatMap(({ label, of }) => {
    // The order of params does not matter.
    const [was, now] = [before, after].map((values) => [...of(values).lines].sort().join(', '));
    return was === undefined || now === undefined || was === now ? [] : [{ label, was, now }];
  });
}
