import { ConfigError, readJsonObject } from '../limits/json-file.ts';
import { parseReport, type Report } from '../model/report.ts';
import { SCHEMA_VERSION } from '../model/schema-version.ts';

/** The members of an earlier report that growth is measured against. */
export type Baseline = Pick<Report, 'runtime' | 'stats' | 'createdAt'>;

/** Reads an earlier JSON report. Rejects with `ConfigError`. */
export async function loadBaseline(path: string): Promise<Baseline> {
  const parsed = parseReport(await readJsonObject(path, 'baseline report'));
  if (parsed.kind === 'valid') return parsed.value;
  throw new ConfigError(
    `${path}: this is no report of schema version ${SCHEMA_VERSION}: ${parsed.problem}. \`pvf prepare --json\` writes one.`,
  );
}
