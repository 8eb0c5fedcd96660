/** The records of a history file. The types are in model/history.ts, without schemas, for the editor. */
import * as v from 'valibot';
import { baselineKinds } from '../../model/baseline-is.ts';
import type { HistoryEntry, PinnedBaseline } from '../../model/history.ts';
import { conclusionSchema, voteSchema } from '../../model/report.ts';
import { statsSchema } from '../../model/report-job.ts';
import { runtimeSummarySchema } from '../../model/report-runtime.ts';
import { bytes, utcTime } from '../../model/report-values.ts';
import { workerSummarySchema } from '../../model/report-worker.ts';

const MAX_NAMES = 1000;
const MAX_OWNERS = 20;
const text = v.pipe(v.string(), v.maxLength(4096));

const gitStateSchema = v.object({
  commit: v.pipe(v.string(), v.regex(/^([0-9a-f]{40}|[0-9a-f]{64})$/)),
  branch: v.exactOptional(text),
});

const entrySchema = v.object({
  at: utcTime,
  runtime: v.pick(runtimeSummarySchema, [
    'path',
    'container',
    'codeAt',
    'storedBytes',
    'rawBytes',
    'codeHash',
    'specName',
    'specVersion',
    'implVersion',
    'transactionVersion',
    'buildVariant',
    'buildProfile',
  ]),
  worker: v.exactOptional(v.pick(workerSummarySchema, ['kind', 'version'])),
  stats: v.exactOptional(v.omit(statsSchema, ['artifactChecksum'])),
  toolVersion: text,
  profile: text,
  vote: voteSchema,
  conclusion: conclusionSchema.pipe[0].entries.status,
  findings: v.pipe(v.array(text), v.maxLength(MAX_NAMES)),
  owners: v.exactOptional(v.pipe(v.array(v.object({ name: text, bytes })), v.maxLength(MAX_OWNERS))),
  git: v.exactOptional(gitStateSchema),
});

const pinnedSchema = v.object({
  at: utcTime,
  from: v.picklist(['history', 'file']),
  is: v.picklist(baselineKinds),
  name: text,
  entry: entrySchema,
});

/** Without `pinned`, the baseline was unpinned. */
const pinSchema = v.object({ kind: v.literal('pin'), id: text, at: utcTime, pinned: v.exactOptional(pinnedSchema) });

const recordSchema = v.variant('kind', [
  v.object({ kind: v.literal('entry'), id: text, entry: entrySchema }),
  pinSchema,
]);

/** A record of a history file. The id tells copies of one record from equal results. */
export type HistoryRecord =
  | { readonly kind: 'entry'; readonly id: string; readonly entry: HistoryEntry }
  | { readonly kind: 'pin'; readonly id: string; readonly at: string; readonly pinned?: PinnedBaseline };

/** Undefined for a damaged record, and for one of another version of this tool. */
export function parseRecord(value: unknown): HistoryRecord | undefined {
  const { success, output } = v.safeParse(recordSchema, value);
  return success ? output : undefined;
}
