import type { JsonSchema } from '@valibot/to-json-schema';
import * as report from '../../src/model/report.ts';
import * as job from '../../src/model/report-job.ts';
import * as limits from '../../src/model/report-limits.ts';
import * as runtime from '../../src/model/report-runtime.ts';
import * as worker from '../../src/model/report-worker.ts';
import { SCHEMA_VERSION } from '../../src/model/schema-version.ts';
import { jsonSchemaOf } from './json-schema.ts';

export const reportJsonSchema: JsonSchema = jsonSchemaOf(report.reportSchema, {
  id: `urn:polkadot-pvf:report:${SCHEMA_VERSION}`,
  title: 'Polkadot PVF report',
  exports: { ...runtime, ...worker, ...job, ...limits, ...report },
});
