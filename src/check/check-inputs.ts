import { loadBudget } from '../limits/budget.ts';
import type { Profile } from '../limits/profile.ts';
import { loadProfile } from '../limits/profile-file.ts';
import type { Budget } from '../model/measures.ts';
import { type Baseline, loadBaseline } from './baseline.ts';
import type { CheckSettings } from './check-settings.ts';

/** The content of the files that settings name. */
export interface CheckInputs {
  readonly profile: Profile;
  readonly budget?: Budget;
  readonly baseline?: Baseline;
}

/** Rejects with `ConfigError`. Relative paths are relative to the current folder of the process. */
export async function loadInputs({
  profile,
  budget,
  baseline,
}: Pick<CheckSettings, 'profile' | 'budget' | 'baseline'>): Promise<CheckInputs> {
  return {
    profile: await loadProfile(profile),
    ...(budget === undefined ? {} : { budget: await loadBudget(budget) }),
    ...(baseline === undefined ? {} : { baseline: await loadBaseline(baseline) }),
  };
}
