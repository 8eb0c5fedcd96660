/** What a report says of the preparation: what was asked for, how it ended, what it took. */
import * as v from 'valibot';
import type { ValueOf } from '../base/schema.ts';
import { outcomeKindNames } from './outcome-table.ts';
import { bytes, hash, millis } from './report-values.ts';

export const executorParamSummarySchema = v.object({
  name: v.string(),
  value: v.exactOptional(
    v.pipe(v.union([v.string(), v.number()]), v.description('Decimal text where the number may be larger than 2^53.')),
  ),
  kind: v.exactOptional(v.string()),
});

export const jobSummarySchema = v.object({
  kind: v.picklist(['precheck', 'compile']),
  prepTimeoutMs: v.pipe(millis, v.description('CPU time that the preparation may take.')),
  bombLimit: v.pipe(bytes, v.description('Largest size that the code may have after decompression.')),
  executorParams: v.array(executorParamSummarySchema),
});

export const outcomeKindSchema = v.pipe(
  v.picklist(outcomeKindNames),
  v.description(
    "The nine outcomes of Polkadot's host (`worker_interface.rs`), then ours, which never blame the runtime.",
  ),
);

export const outcomeErrorSchema = v.object({
  variant: v.pipe(
    v.string(),
    v.description("Name of Polkadot's `PrepareError`, or of our own cause where the outcome is one of ours."),
  ),
  message: v.pipe(v.string(), v.description('The text as the worker or the host gave it.')),
  deterministic: v.pipe(v.boolean(), v.description("Would Polkadot's host call the error deterministic?")),
});

export const outcomeSummarySchema = v.object({
  kind: outcomeKindSchema,
  error: v.exactOptional(outcomeErrorSchema),
});

export const figureKindSchema = v.pipe(
  v.picklist(['measured', 'estimated']),
  v.description('`estimated`: what a native worker would need, judged by what the built-in worker needed.'),
);

export const memoryStatsSchema = v.object({
  peakTrackedAlloc: v.exactOptional(bytes),
  resident: v.exactOptional(bytes),
  allocated: v.exactOptional(bytes),
  maxRss: v.exactOptional(bytes),
});

export const statsSchema = v.object({
  cpuTimeMs: v.exactOptional(v.pipe(millis, v.description('User and system time of the preparation.'))),
  cpuTimeIs: v.exactOptional(figureKindSchema),
  wallTimeMs: v.pipe(millis, v.description('From the request to the answer, as the host saw it.')),
  spawnMs: v.pipe(millis, v.description('Time to get an idle worker: 0 when one was warm.')),
  memory: v.exactOptional(memoryStatsSchema),
  memoryIs: v.exactOptional(figureKindSchema),
  observedCodeBytes: v.exactOptional(
    v.pipe(bytes, v.description('Length of the code after decompression, as the worker saw it.')),
  ),
  artifactBytes: v.exactOptional(
    v.pipe(
      bytes,
      v.description("Size of the artifact itself. (Polkadot's host reports the size of the folder that holds it.)"),
    ),
  ),
  artifactChecksum: v.exactOptional(v.pipe(hash, v.description('twox-256 of the artifact.'))),
});

export type ExecutorParamSummary = ValueOf<typeof executorParamSummarySchema>;
export type JobSummary = ValueOf<typeof jobSummarySchema>;
export type OutcomeSummary = ValueOf<typeof outcomeSummarySchema>;
export type Stats = ValueOf<typeof statsSchema>;
