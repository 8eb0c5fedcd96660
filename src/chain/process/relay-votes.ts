/** The votes of validators on new codes (`Paras.PvfActiveVoteMap`). */
import { isObject } from '../../limits/host-configuration.ts';
import type { UpgradeStatus } from '../../model/report.ts';
import { hashOf, whole } from './decoded.ts';
import { failOnValue } from './read-failure.ts';
import type { Runtime } from './runtime.ts';

type Vote = NonNullable<UpgradeStatus['vote']>;

/** A vote of several parachains on one code is that of each. */
export async function votesByPara(runtime: Runtime, paras: string): Promise<ReadonlyMap<number, Vote>> {
  const place = `${paras}.PvfActiveVoteMap`;
  const found = await runtime.entries([paras, 'PvfActiveVoteMap']);
  return new Map(
    found.flatMap(([key, state]) => {
      if (!isObject(state)) return failOnValue(place, 'has an unusable value');
      const vote: Vote = {
        codeHash: hashOf(key, place),
        accept: votesIn(state['votes_accept'], place).filter(Boolean).length,
        reject: votesIn(state['votes_reject'], place).filter(Boolean).length,
        validators: votesIn(state['votes_accept'], place).length,
        sessions: whole(state['age'], place),
      };
      const { causes } = state;
      if (!Array.isArray(causes)) return failOnValue(place, 'has a vote without causes');
      return causes.map((cause: unknown) => [paraOf(cause, place), vote] as const);
    }),
  );
}

function votesIn(bits: unknown, place: string): readonly unknown[] {
  return Array.isArray(bits) ? bits : failOnValue(place, 'has unusable votes');
}

/** `Onboarding(id)` or `Upgrade { id, … }`. */
function paraOf(cause: unknown, place: string): number {
  const content = isObject(cause) ? cause['value'] : undefined;
  return whole(isObject(content) ? content['id'] : content, place);
}
