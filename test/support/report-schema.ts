/** Validates reports against the schema that ships with the package. */
import { readFileSync } from 'node:fs';
import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';

export const reportSchema = JSON.parse(
  readFileSync(new URL('../../media/report.schema.json', import.meta.url), 'utf8'),
);
const ajv = new Ajv2020({ strict: true, allErrors: true }).addSchema(reportSchema);

/**
 * The errors of a report, or of the entry of a file that is no runtime; empty when it is valid. The schema allows either.
 * This compares with the one that is meant, because the errors of both say little.
 */
export function schemaErrors(entry: unknown): readonly ErrorObject[] {
  const isProblem = typeof entry === 'object' && entry !== null && 'problem' in entry;
  const validate = ajv.getSchema(`${reportSchema.$id}#/$defs/${isProblem ? 'ProblemEntry' : 'Report'}`);
  if (validate === undefined) throw new Error('the schema lacks a definition');
  void validate(entry);
  return validate.errors ?? [];
}
