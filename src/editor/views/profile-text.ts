/** Profiles in words. */
import path from 'node:path';
import { formatBytes, groupDigits } from '../../base/units.ts';
import type { Profile } from '../../limits/profile.ts';
import type { ValueChange } from '../../limits/profile-changes.ts';
import { daysSince } from '../../model/profile-summary.ts';
import { oneLine } from '../../report/terminal.ts';
import type { KnownProfile } from '../core/profiles.ts';
import type { Translate } from '../model.ts';

/** `today`, `yesterday`, `12 days ago`. A date in the future, or none, is shown as it is. @param day ISO 8601 */
export function dayAge(day: string, nowMs: number, t: Translate): string {
  const days = daysSince(day, nowMs);
  if (Number.isNaN(days) || days < 0) return day;
  if (days === 0) return t('today');
  return days === 1 ? t('yesterday') : t('{0} days ago', days);
}

/** `relay-3mib`, `polkadot`: the name of a saved profile is that of its file. */
export function profileName({ value, place }: KnownProfile): string {
  return oneLine(place.kind === 'workspace' || place.kind === 'file' ? path.basename(value, '.json') : value);
}

export function placeText({ place }: KnownProfile, t: Translate): string {
  switch (place.kind) {
    case 'built-in':
      return t('built in');
    case 'user':
      return t('saved for you');
    case 'workspace':
      return t('saved in {0}', path.basename(place.workspaceFolder));
    case 'file':
      return place.path;
  }
}

/** `3.00 MiB of code, read 12 days ago at block 29 112 345: <source>` */
export function profileDetail({ maxCodeSize, date, block, source }: Profile, nowMs: number, t: Translate): string {
  const size = formatBytes(maxCodeSize);
  const age = dayAge(date, nowMs, t);
  const read =
    block === undefined
      ? t('{0} of code, read {1}', size, age)
      : t('{0} of code, read {1} at block {2}', size, age, groupDigits(block.number));
  return oneLine(`${read}: ${source}`);
}

/** `code size: 3.00 MiB → 5.00 MiB` */
export function valueChangeText({ label, was, now }: ValueChange): string {
  return oneLine(`${label}: ${was} → ${now}`);
}
