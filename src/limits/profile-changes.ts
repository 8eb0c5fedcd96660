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

/** The values in force that differ, then what is scheduled now and was not before, and what no longer is. */
export function profileChanges(before: Profile, after: Profile): ValueChange[] {
  const [known, scheduled] = [scheduledChanges(before), scheduledChanges(after)];
  const isIn = (changes: readonly ValueChange[], { label, now }: ValueChange) =>
    changes.some((one) => one.label === label && one.now === now);
  return [
    ...differences(before, after),
    ...scheduled.filter((change) => !isIn(known, change)),
    ...known.flatMap((change) =>
      scheduled.some(({ label }) => label === change.label)
        ? []
        : [{ label: change.label, was: change.now, now: 'no longer scheduled' }],
    ),
  ];
}

/** What each scheduled change brings. */
function scheduledChanges(profile: Profile): ValueChange[] {
  return profile.pending.flatMap((pending, at) => {
    const from = pending.fromSession === undefined ? 'scheduled' : `from session ${groupDigits(pending.fromSession)}`;
    const earlier = profile.pending[at - 1] ?? profile;
    return differences(earlier, pending).map((change) => ({ ...change, label: `${change.label}, ${from}` }));
  });
}

function differences(before: LimitValues, after: LimitValues): ValueChange[] {
  return profileValues.flatMap(({ label, of }) => {
    // The order of params does not matter.
    const [was, now] = [before, after].map((values) => [...of(values).lines].sort().join(', '));
    return was === undefined || now === undefined || was === now ? [] : [{ label, was, now }];
  });
}
