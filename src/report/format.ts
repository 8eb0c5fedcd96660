import type { Report } from '../model/report.ts';
import { formatJson } from './json.ts';
import { formatJunit } from './junit.ts';
import { formatMarkdown } from './markdown.ts';
import { formatSarif } from './sarif.ts';
import { formatText } from './text.ts';

export interface FormatOptions {
  /** For `text` alone. */
  readonly colour: boolean;
  /** For `json` alone: see `formatJson`. */
  readonly isList?: boolean;
}

type Formatter = (reports: readonly Report[], options: FormatOptions) => string;

/** A format is a file of its own and an entry here. */
const formats = {
  text: (reports, { colour }) => formatText(reports, colour),
  json: (reports, { isList }) => formatJson(reports, isList),
  markdown: formatMarkdown,
  sarif: formatSarif,
  junit: formatJunit,
} satisfies Record<string, Formatter>;

export type ReportFormat = keyof typeof formats;

export const reportFormats = Object.keys(formats) as readonly ReportFormat[];

/** The reports as one document that ends with a newline. */
export function formatReports(reports: readonly Report[], format: ReportFormat, options: FormatOptions): string {
  return formats[format](reports, options);
}
