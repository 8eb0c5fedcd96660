/** What has to happen until a chain runs a new code. `npm run generate` writes `media/upgrade.schema.json` from it. */
import * as v from 'valibot';
import type { ValueOf } from '../base/schema.ts';
import { conclusionSchema, voteSchema } from './report.ts';
import { upgradeStatusSchema } from './report-upgrade.ts';
import { bytes, count, day, hash, utcTime } from './report-values.ts';
import { SCHEMA_VERSION } from './schema-version.ts';

/** In their order in time. */
export const upgradeStages = ['code', 'proposal', 'relay-chain', 'afterwards'] as const;

export const upgradeStepIds = [
  ...['check', 'file', 'code-hash', 'spec-name', 'spec-version', 'transaction-version'],
  ...['authorize', 'preimage', 'apply', 'set-code'],
  ...['code-size', 'in-flight', 'restriction', 'cooldown', 'vote', 'delay', 'go-ahead'],
  ...['nodes', 'proof-size'],
] as const;

/** `unknown`: nobody can say without a live chain, or without the metadata. */
export const upgradeStates = ['done', 'todo', 'blocked', 'unknown'] as const;

export const upgradeCallIds = [
  ...['authorize', 'authorize-without-checks', 'apply', 'set-code', 'note-preimage', 'sudo'],
] as const;

const stepSchema = v.object({
  id: v.picklist(upgradeStepIds),
  stage: v.picklist(upgradeStages),
  state: v.pipe(
    v.picklist(upgradeStates),
    v.description(
      '`blocked`: the upgrade would fail here, or it is the wrong code. `unknown`: it takes a live chain, or metadata, to tell.',
    ),
  ),
  text: v.pipe(v.string(), v.description('One to three sentences.')),
  hint: v.exactOptional(v.pipe(v.string(), v.description('What the user of `pvf upgrade` can do to know more.'))),
});

const callSchema = v.object({
  id: v.picklist(upgradeCallIds),
  name: v.pipe(v.string(), v.description('`System.authorize_upgrade`')),
  origin: v.pipe(
    v.picklist(['root', 'sudo-key', 'signed', 'anyone']),
    v.description('Who may make it. `anyone`: it needs no signature.'),
  ),
  bytes: v.pipe(bytes, v.description('Length of the call data.')),
  hash: v.pipe(hash, v.description('blake2b-256 of the call data: the hash of its preimage.')),
  data: v.exactOptional(
    v.pipe(v.string(), v.description('The call data, 0x-hex. Absent above 1 KiB, when it contains the code.')),
  ),
});

export const upgradeChecklistSchema = v.pipe(
  v.object({
    schemaVersion: v.literal(SCHEMA_VERSION),
    tool: v.object({ name: v.string(), version: v.string() }),
    createdAt: utcTime,
    runtime: v.object({
      path: v.string(),
      codeHash: hash,
      storedBytes: bytes,
      specName: v.exactOptional(v.string()),
      specVersion: v.exactOptional(count),
      transactionVersion: v.exactOptional(count),
    }),
    vote: voteSchema,
    conclusion: conclusionSchema,
    limits: v.object({ profile: v.string(), source: v.string(), date: day }),
    chain: v.exactOptional(
      v.pipe(
        v.object({
          rpc: v.string(),
          kind: v.picklist(['relay', 'parachain']),
          specName: v.string(),
          specVersion: count,
          block: v.object({ number: count, hash }),
          para: v.exactOptional(v.object({ id: count, upgrade: upgradeStatusSchema })),
        }),
        v.description('The live chain that was asked.'),
      ),
    ),
    callsBy: v.exactOptional(
      v.pipe(
        v.picklist(['chain', 'baseline', 'blob']),
        v.description(
          'Whose metadata the call data was made with: of the code that the chain runs, of the baseline, or of the new code.',
        ),
      ),
    ),
    calls: v.array(callSchema),
    steps: v.array(stepSchema),
  }),
  v.description('What has to happen until a chain runs a new code. `pvf upgrade --json` prints it.'),
);

export type UpgradeChecklist = ValueOf<typeof upgradeChecklistSchema>;
export type UpgradeStep = ValueOf<typeof stepSchema>;
export type UpgradeStepId = UpgradeStep['id'];
export type UpgradeState = UpgradeStep['state'];
export type UpgradeStage = UpgradeStep['stage'];
export type UpgradeCall = ValueOf<typeof callSchema>;
export type ChainFacts = NonNullable<UpgradeChecklist['chain']>;

/** The calls of an upgrade, or why there are none. */
export type UpgradeCalls =
  | {
      readonly kind: 'made';
      readonly by: NonNullable<UpgradeChecklist['callsBy']>;
      /** The call that governance votes on first. */
      readonly calls: readonly UpgradeCall[];
    }
  /** `reason`: a sentence. */
  | { readonly kind: 'none'; readonly reason: string };
