/** Where the upgrade of a parachain stands on its relay chain. */
import * as v from 'valibot';
import type { ValueOf } from '../base/schema.ts';
import { count, hash } from './report-values.ts';

export const upgradeStatusSchema = v.pipe(
  v.object({
    currentCodeHash: v.exactOptional(v.pipe(hash, v.description('`Paras.CurrentCodeHash`'))),
    futureCodeHash: v.exactOptional(
      v.pipe(hash, v.description('`Paras.FutureCodeHash`: voted on, or accepted and not yet in force.')),
    ),
    enactedAt: v.exactOptional(
      v.pipe(count, v.description('`Paras.FutureCodeUpgrades`: the relay block from which the new code may be used.')),
    ),
    vote: v.exactOptional(
      v.object({
        codeHash: hash,
        accept: v.pipe(count, v.description('Validators that have voted for the code.')),
        reject: count,
        validators: v.pipe(count, v.description('Validators of the session. Two thirds decide.')),
        sessions: v.pipe(count, v.description('How many sessions the vote has been running.')),
      }),
    ),
    cooldownUntil: v.exactOptional(
      v.pipe(count, v.description('`Paras.UpgradeCooldowns`: the relay block before which no upgrade is taken.')),
    ),
    goAhead: v.exactOptional(v.pipe(v.picklist(['go-ahead', 'abort']), v.description('`Paras.UpgradeGoAheadSignal`'))),
    isRestricted: v.exactOptional(
      v.pipe(v.literal(true), v.description('`Paras.UpgradeRestrictionSignal`: the relay chain takes no upgrade now.')),
    ),
  }),
  v.description('Where an upgrade stands on the relay chain. An absent member: there is none, or it is not known.'),
);

export const paraSummarySchema = v.pipe(
  v.object({
    id: v.pipe(count, v.description('The id of the parachain.')),
    code: v.pipe(v.picklist(['current', 'pending']), v.description('In force, or voted on or scheduled.')),
    relayChain: v.pipe(v.string(), v.description('The spec name of the relay chain.')),
    block: v.object({ number: count, hash }),
    upgrade: upgradeStatusSchema,
  }),
  v.description('The parachain that uses the code, if the code was read from a relay chain.'),
);

export type UpgradeStatus = ValueOf<typeof upgradeStatusSchema>;
export type ParaSummary = ValueOf<typeof paraSummarySchema>;
