/** Writes profile files. `profileSchema` reads them. */
import { cacheKey } from '../base/cache-key.ts';
import { omitUndefined } from '../base/omit-undefined.ts';
import { summarizeExecutorParam } from './executor-param-json.ts';
import type { LimitValues, PendingLimits, Profile } from './profile.ts';
import { BOMB_FACTOR } from './profile-schema.ts';

/** The text of a profile file, which reads back as the same profile. */
export function profileJson(profile: Profile): string {
  const { name, source, date, pending, notes, chain, specVersion, block, session, rpc, ...values } = profile;
  const content = {
    ...{ name, source, date },
    ...omitUndefined({ chain, specVersion, block, session, rpc }),
    ...valuesJson(values),
    ...(pending.length > 0 && { pending: pending.map((next, at) => changesJson(next, pending[at - 1] ?? values)) }),
    ...(notes.length > 0 && { notes }),
  };
  return `${JSON.stringify(content, undefined, 2)}\n`;
}

function valuesJson({ executorParams, ...numbers }: LimitValues) {
  return { ...omitUndefined(numbers), executorParams: executorParams.map(summarizeExecutorParam) };
}

/** Only the values that change. The reader derives the bomb limit from a new code size. */
function changesJson({ fromSession, ...values }: PendingLimits, before: LimitValues) {
  const isNewSize = values.maxCodeSize !== before.maxCodeSize;
  const assumed = isNewSize ? { ...before, bombLimit: values.maxCodeSize * BOMB_FACTOR } : before;
  const changed = Object.entries(valuesJson(values)).filter(([member]) => {
    const name = member as keyof LimitValues;
    return cacheKey(values[name]) !== cacheKey(assumed[name]);
  });
  return { ...omitUndefined({ fromSession }), ...Object.fromEntries(changed) };
}
