/** The entry of a file that is no runtime. A report has a vote; such a file has a problem instead. */
import * as v from 'valibot';
import { type Parsed, parseValue, type ValueOf } from '../base/schema.ts';
import { shardSummarySchema } from './report-shard.ts';
import { paraSummarySchema } from './report-upgrade.ts';
import { utcTime } from './report-values.ts';
import { SCHEMA_VERSION } from './schema-version.ts';

export const inputProblemSchema = v.object({
  id: v.pipe(
    v.string(),
    v.regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be kebab-case'),
    v.description('Stable, kebab-case: `zip-archive`, `git-lfs-pointer`, …'),
  ),
  message: v.pipe(v.string(), v.description('What the file is, or why it can not be read.')),
  remedy: v.pipe(v.string(), v.description('What the user can do about it.')),
});

export const problemEntrySchema = v.pipe(
  v.object({
    schemaVersion: v.literal(SCHEMA_VERSION),
    tool: v.object({ name: v.string(), version: v.string() }),
    createdAt: v.pipe(utcTime, v.description('ISO 8601, UTC.')),
    path: v.pipe(v.string(), v.description('The path as the user gave it.')),
    problem: inputProblemSchema,
    para: v.exactOptional(paraSummarySchema),
    shard: v.exactOptional(shardSummarySchema),
  }),
  v.description(
    'In the place of a report: the file is no runtime, or can not be read. It has no vote and no conclusion.',
  ),
);

export type InputProblem = ValueOf<typeof inputProblemSchema>;
export type ProblemEntry = ValueOf<typeof problemEntrySchema>;

/** Validates an external entry. Removes members that this version does not know. */
export function parseProblemEntry(value: unknown): Parsed<ProblemEntry> {
  return parseValue(problemEntrySchema, value);
}
