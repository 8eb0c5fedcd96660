/** The schema that ships with the package, as a check. */
import { readFileSync } from 'node:fs';
import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';

const schema = JSON.parse(readFileSync(new URL('../../media/report.schema.json', import.meta.url), 'utf8'));
const validate = new Ajv2020({ strict: true, allErrors: true }).compile(schema);

/** What is wrong with a report; empty when it is as the schema says. */
export function schemaErrors(report: unknown): readonly ErrorObject[] {
  validate(report);
  return validate.errors ?? [];
}
