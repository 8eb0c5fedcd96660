import type { CheckSettings } from '../../check/check-settings.ts';
import { defaultProfileName } from '../../limits/profile.ts';

/** The arguments of `pvf prepare` for the same check as in the editor. Leaves out defaults. */
export function prepareArguments(settings: CheckSettings): string[] {
  // What the user set counts more than pvf.json, also when it is the default.
  const isSet = settings.config?.explicit.includes('profile') ?? false;
  const { profile, worker, instances, prepTimeoutMs, memoryLimit, budget, allow = [] } = settings;
  return [
    ...(profile === defaultProfileName && !isSet ? [] : ['--profile', profile]),
    ...(worker === undefined ? [] : ['--worker', worker]),
    ...(instances === 'auto' ? [] : ['--instances', `${instances}`]),
    ...(prepTimeoutMs === undefined ? [] : ['--timeout', `${prepTimeoutMs / 1000}`]),
    ...(memoryLimit === undefined ? [] : ['--memory-limit', `${memoryLimit}`]),
    // A budget of pvf.json reaches the command by that file.
    ...(typeof budget === 'string' ? ['--budget', budget] : []),
    ...allow.flatMap((id) => ['--allow', id]),
    ...(settings.metadata === undefined ? [] : ['--metadata']),
    ...(settings.trustWorkspace ? ['--trust-workspace'] : []),
  ];
}
