import type { Report } from '../model/report.ts';

/**
 * One report as an object, several (or none) as an array; `media/report.schema.json` describes each report.
 * @param isList a single report too is in an array, because several were asked for
 */
export function formatJson(reports: readonly Report[], isList = reports.length !== 1): string {
  return `${JSON.stringify(isList ? reports : reports[0], null, 2)}\n`;
}
