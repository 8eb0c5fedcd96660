/**
 * The report. Everything that the user sees is a view of it. The types, `media/report.schema.json` and `media/api.d.ts`
 * derive from its schema. `npm run generate` writes these files.
 */
import * as v from 'valibot';
import { type Parsed, parseValue, type ValueOf } from '../base/schema.ts';
import { costsSummarySchema } from './report-costs.ts';
import { jobSummarySchema, outcomeSummarySchema, statsSchema } from './report-job.ts';
import { limitsSummarySchema } from './report-limits.ts';
import { metadataSummarySchema } from './report-metadata.ts';
import { runtimeSummarySchema } from './report-runtime.ts';
import { shardSummarySchema } from './report-shard.ts';
import { sizesSchema } from './report-sizes.ts';
import { paraSummarySchema } from './report-upgrade.ts';
import { utcTime } from './report-values.ts';
import { securitySummarySchema, workerSummarySchema } from './report-worker.ts';
import { SCHEMA_VERSION } from './schema-version.ts';

export type { CostsSummary } from './report-costs.ts';
export type { ExecutorParamSummary, JobSummary, OutcomeSummary, Stats } from './report-job.ts';
export type { LimitItem, LimitsSummary } from './report-limits.ts';
export type { MetadataSummary } from './report-metadata.ts';
export type { BlobKind, CompressionSummary, ContainerKind, RuntimeSummary, Wrapping } from './report-runtime.ts';
export type { ShardSummary } from './report-shard.ts';
export type { ParaSummary, UpgradeStatus } from './report-upgrade.ts';
export type { SecuritySummary, TargetSummary, WorkerSummary } from './report-worker.ts';

export const findingSchema = v.object({
  id: v.pipe(
    v.string(),
    v.regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be kebab-case'),
    v.description('Stable, kebab-case: `not-compressed`, `near-limit`, …'),
  ),
  severity: v.picklist(['error', 'warning', 'information']),
  message: v.string(),
  hint: v.exactOptional(v.pipe(v.string(), v.description('What the user can do about it.'))),
  data: v.exactOptional(v.record(v.string(), v.union([v.string(), v.number(), v.boolean()]))),
  allowed: v.exactOptional(
    v.pipe(v.literal(true), v.description('The user allowed this error, so that it does not fail the runtime.')),
  ),
});

export const voteSchema = v.pipe(
  v.picklist(['accept', 'reject', 'undecided']),
  v.description(
    'How a validator would vote in pre-checking. `undecided` when no worker ran, or when the check itself failed.',
  ),
);

export const conclusionSchema = v.pipe(
  v.object({
    status: v.pipe(
      v.picklist(['pass', 'fail', 'undecided']),
      v.description(
        '`fail`: validators would reject the blob, a limit or budget is exceeded, or a finding of severity error is not allowed.',
      ),
    ),
    reason: v.pipe(v.string(), v.description('One sentence in plain English.')),
    because: v.pipe(v.array(v.string()), v.description('Ids of the findings that decided it.')),
  }),
  v.description('Can this runtime ship?'),
);

export const reportSchema = v.pipe(
  v.object({
    schemaVersion: v.literal(SCHEMA_VERSION),
    tool: v.object({ name: v.string(), version: v.string() }),
    createdAt: v.pipe(utcTime, v.description('ISO 8601, UTC.')),
    runtime: runtimeSummarySchema,
    para: v.exactOptional(paraSummarySchema),
    shard: v.exactOptional(shardSummarySchema),
    metadata: v.exactOptional(metadataSummarySchema),
    worker: v.exactOptional(workerSummarySchema),
    security: v.exactOptional(securitySummarySchema),
    job: v.exactOptional(jobSummarySchema),
    outcome: v.exactOptional(outcomeSummarySchema),
    stats: v.exactOptional(statsSchema),
    sizes: v.exactOptional(sizesSchema),
    costs: v.exactOptional(costsSummarySchema),
    limits: limitsSummarySchema,
    findings: v.array(findingSchema),
    vote: voteSchema,
    conclusion: conclusionSchema,
  }),
  v.description(
    'The result of preparing a parachain runtime. Sizes are in bytes, times in milliseconds, hashes in 0x-hex. ' +
      'An absent member means "unknown", never zero. For several files, `pvf prepare --json` prints an array of reports.',
  ),
);

export type Finding = ValueOf<typeof findingSchema>;
export type Vote = ValueOf<typeof voteSchema>;
export type Conclusion = ValueOf<typeof conclusionSchema>;
export type Report = ValueOf<typeof reportSchema>;

/** Validates an external report. Removes members that this version does not know. */
export function parseReport(value: unknown): Parsed<Report> {
  return parseValue(reportSchema, value);
}
