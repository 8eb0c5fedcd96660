/** The preparation in a report: the request, the outcome and the measurements. */
import * as v from 'valibot';
import type { ValueOf } from '../base/schema.ts';
import { outcomeKindNames } from './outcome-table.ts';
import { bytes, hash, millis } from './report-values.ts';

export const executorParamSummarySchema = v.object({
  name: v.string(),
  value: v.exactOptional(
    v.pipe(v.union([v.string(), v.number()]), v.description('A decimal string where the number may exceed 2^53.')),
  ),
  kind: v.exactOptional(v.string()),
});

export const jobSummarySchema = v.object({
  kind: v.picklist(['precheck', 'compile']),
  prepTimeoutMs: v.pipe(millis, v.description('CPU time that the preparation may take.')),
  bombLimit: v.pipe(bytes, v.description('Maximum size of the code after decompression.')),
  executorParams: v.array(executorParamSummarySchema),
});

export const outcomeKindSchema = v.pipe(
  v.picklist(outcomeKindNames),
  v.description(
    "The nine outcomes of Polkadot's host (`worker_interface.rs`), then ours, which are never the runtime's fault.",
  ),
);

export const outcomeErrorSchema = v.object({
  variant: v.pipe(
    v.string(),
    v.description("The name of Polkadot's `PrepareError`, or of our own cause for an outcome of ours."),
  ),
  message: v.pipe(v.string(), v.description('The original text of the worker or the host.')),
  deterministic: v.pipe(v.boolean(), v.description("Whether Polkadot's host considers the error deterministic.")),
});

export const outcomeSummarySchema = v.object({
  kind: outcomeKindSchema,
  error: v.exactOptional(outcomeErrorSchema),
});

export const figureKindSchema = v.pipe(
  v.picklist(['measured', 'estimated']),
  v.description('`estimated`: what a native worker would need, based on what the built-in worker needed.'),
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
  wallTimeMs: v.pipe(millis, v.description('Time from the request to the response, as the host measured it.')),
  spawnMs: v.pipe(millis, v.description('Time to get an idle worker; 0 when one was already running.')),
  memory: v.exactOptional(memoryStatsSchema),
  memoryIs: v.exactOptional(figureKindSchema),
  observedCodeBytes: v.exactOptional(
    v.pipe(bytes, v.description('Length of the code after decompression, as the worker reported it.')),
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
