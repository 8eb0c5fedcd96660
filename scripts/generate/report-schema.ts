import type { JsonSchema } from '@valibot/to-json-schema';
import * as v from 'valibot';
import { comparisonSchema } from '../../src/model/comparison-schema.ts';
import * as report from '../../src/model/report.ts';
import * as costs from '../../src/model/report-costs.ts';
import * as job from '../../src/model/report-job.ts';
import * as limits from '../../src/model/report-limits.ts';
import * as metadata from '../../src/model/report-metadata.ts';
import * as input from '../../src/model/report-problem.ts';
import * as runtime from '../../src/model/report-runtime.ts';
import * as sizes from '../../src/model/report-sizes.ts';
import { upgradeStatusSchema } from '../../src/model/report-upgrade.ts';
import * as worker from '../../src/model/report-worker.ts';
import { SCHEMA_VERSION } from '../../src/model/schema-version.ts';
import { upgradeChecklistSchema } from '../../src/model/upgrade-checklist.ts';
import { jsonSchemaOf } from './json-schema.ts';

const definitions = { ...runtime, ...worker, ...job, ...limits, ...sizes, ...metadata, ...costs, ...report };

/** What `pvf prepare --json` prints for each file. */
export const entryJsonSchema: JsonSchema = jsonSchemaOf(
  v.pipe(
    v.union([report.reportSchema, input.problemEntrySchema]),
    v.description('What is said about one file: a report, or why the file is no runtime.'),
  ),
  {
    id: `urn:polkadot-pvf:report:${SCHEMA_VERSION}`,
    title: 'Polkadot PVF report',
    exports: { ...definitions, ...input },
  },
);

/** A report alone. */
export const reportJsonSchema: JsonSchema = jsonSchemaOf(report.reportSchema, {
  id: `urn:polkadot-pvf:report:${SCHEMA_VERSION}`,
  title: 'Polkadot PVF report',
  exports: definitions,
});

/** What `pvf compare --json` prints. */
export const comparisonJsonSchema: JsonSchema = jsonSchemaOf(comparisonSchema, {
  id: `urn:polkadot-pvf:comparison:${SCHEMA_VERSION}`,
  title: 'Polkadot PVF comparison',
  exports: definitions,
});

/** What `pvf upgrade --json` prints. */
export const upgradeJsonSchema: JsonSchema = jsonSchemaOf(upgradeChecklistSchema, {
  id: `urn:polkadot-pvf:upgrade:${SCHEMA_VERSION}`,
  title: 'Polkadot PVF upgrade checklist',
  exports: { conclusionSchema: report.conclusionSchema, voteSchema: report.voteSchema, upgradeStatusSchema },
});
