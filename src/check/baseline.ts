import { ConfigError, readJsonObject } from '../limits/json-file.ts';
import type { Report } from '../model/report.ts';

/** The members of an earlier report that growth is measured against. */
export type Baseline = Pick<Report, 'runtime' | 'stats' | 'createdAt'>;

/** Reads an earlier JSON report. Rejects with `ConfigError`. */
export async function loadBaseline(path: string): Promise<Baseline> {
  const object = await readJsonObject(path, 'baseline report');
  const report = object as Partial<Report>;
  if (report.schemaVersion !== 1 || typeof report.runtime?.storedBytes !== 'number') {
    throw new ConfigError(`${path}: this is no report of schema version 1; \`pvf prepare --json\` writes one.`);
  }
  return object as unknown as Baseline;
}
