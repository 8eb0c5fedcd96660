import type { Report } from '../check/report.ts';

/** One report as an object, several (or none) as an array; `media/report.schema.json` describes each report. */
export function formatJson(reports: readonly Report[]): string {
  const [first] = reports;
  return `${JSON.stringify(reports.length === 1 ? first : reports, null, 2)}\n`;
}
