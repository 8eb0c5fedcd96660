/** Validates reports against the schema that ships with the package. */
import { readFileSync } from 'node:fs';
import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';

const schema = JSON.parse(readFileSync(new URL('../../media/report.schema.json', import.meta.url), 'utf8'));
const validate = new Ajv2020({ strict: true, allErrors: true }).compile(schema);

/** The errors of a report; empty when it is valid. */
export function schemaErrors(report: unknown): readonly ErrorObject[] {
  validate(report);
  return validate.errors ?? [];
}
