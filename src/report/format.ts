import type { Report } from '../model/report.ts';
import type { RuleInfo } from '../model/rule-info.ts';
import { formatJson } from './json.ts';
import { formatJunit } from './junit.ts';
import { formatMarkdown } from './markdown.ts';
import { formatSarif } from './sarif.ts';
import { formatText } from './text.ts';

export const reportFormats = ['text', 'json', 'markdown', 'sarif', 'junit'] as const;
export type ReportFormat = (typeof reportFormats)[number];

export interface FormatOptions {
  /** Matters to `text` alone. */
  readonly colour: boolean;
  /** Matters to `json` alone: see `formatJson`. */
  readonly isList?: boolean;
  /** Matters to `sarif` alone: see `formatSarif`. */
  readonly rules: readonly RuleInfo[];
}

/** The reports as one document that ends with a newline. */
export function formatReports(reports: readonly Report[], format: ReportFormat, options: FormatOptions): string {
  switch (format) {
    case 'text':
      return formatText(reports, options.colour);
    case 'json':
      return formatJson(reports, options.isList);
    case 'markdown':
      return formatMarkdown(reports);
    case 'sarif':
      return formatSarif(reports, options.rules);
    case 'junit':
      return formatJunit(reports);
  }
}
