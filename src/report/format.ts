import type { Report } from '../model/report.ts';
import type { RuleInfo } from '../model/rule-info.ts';
import { formatJunit } from './junit.ts';
import { formatMarkdown } from './markdown.ts';
import { formatSarif } from './sarif.ts';
import { formatText } from './text.ts';

export interface FormatOptions {
  /** Only for `text`. */
  readonly colour: boolean;
  /** Only for `text`: see `TextOptions`. */
  readonly verbose: boolean;
  /** Only for `json`: see `formatJson`. */
  readonly isList?: boolean;
  /** Only for `sarif`: see `formatSarif`. */
  readonly rules: readonly RuleInfo[];
}

type Formatter = (reports: readonly Report[], options: FormatOptions) => string;

/** A new format is a file of its own and an entry here. */
const formats = {
  text: formatText,
  json: (reports, { isList }) => formatJson(reports, isList),
  markdown: formatMarkdown,
  sarif: (reports, { rules }) => formatSarif(reports, rules),
  junit: formatJunit,
} satisfies Record<string, Formatter>;

export type ReportFormat = keyof typeof formats;

export const reportFormats = Object.keys(formats) as readonly ReportFormat[];

/** The reports as one document that ends with a newline. */
export function formatReports(reports: readonly Report[], format: ReportFormat, options: FormatOptions): string {
  return formats[format](reports, options);
}

/**
 * One report as an object, several (or none) as an array. `media/report.schema.json` describes each report.
 * @param isList puts a single report into an array too, because the user named several files
 */
export function formatJson(reports: readonly Report[], isList = reports.length !== 1): string {
  return `${JSON.stringify(isList ? reports : reports[0], null, 2)}\n`;
}
