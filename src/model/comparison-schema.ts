/** The JSON of a comparison. `npm run generate` writes `media/comparison.schema.json` from it. */
import * as v from 'valibot';
import type { ValueOf } from '../base/schema.ts';
import { findingSchema, reportSchema } from './report.ts';
import { metadataChangeSchema } from './report-metadata.ts';
import { amount, bytes, count } from './report-values.ts';
import { SCHEMA_VERSION } from './schema-version.ts';

const sizeChanges = v.array(v.object({ name: v.string(), was: bytes, now: bytes }));
const names = v.array(v.string());
const listChange = v.object({ added: names, gone: names });

export const comparisonSchema = v.pipe(
  v.object({
    schemaVersion: v.literal(SCHEMA_VERSION),
    tool: v.object({ name: v.string(), version: v.string() }),
    older: reportSchema,
    newer: v.pipe(reportSchema, v.description('With the findings of the comparison. Its conclusion counts them.')),
    isSameCode: v.boolean(),
    figures: v.array(v.object({ id: v.string(), was: v.exactOptional(amount), now: v.exactOptional(amount) })),
    facts: v.pipe(
      v.array(v.object({ name: v.string(), was: v.string(), now: v.string() })),
      v.description('Versions and memory that differ.'),
    ),
    growth: v.pipe(
      v.object({
        sections: sizeChanges,
        crates: v.exactOptional(sizeChanges),
        owners: v.exactOptional(sizeChanges),
        functions: v.exactOptional(sizeChanges),
        sameFunctions: v.exactOptional(v.pipe(count, v.description('Functions whose name and size did not change.'))),
      }),
      v.description('Parts whose size changed, the largest change first; 0 bytes: the part is absent.'),
    ),
    imports: listChange,
    exports: listChange,
    metadata: v.exactOptional(
      v.pipe(v.array(metadataChangeSchema), v.description('Absent: the metadata of a runtime is unknown.')),
    ),
    newFindings: v.array(findingSchema),
    goneFindings: v.array(findingSchema),
  }),
  v.description('What changed from one runtime to another. `pvf compare --json` prints it.'),
);

export type ComparisonJson = ValueOf<typeof comparisonSchema>;
