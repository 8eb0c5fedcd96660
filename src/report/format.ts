import type { Report } from '../check/report.ts';
import { formatJson } from './json.ts';
import { formatJunit } from './junit.ts';
import { formatMarkdown } from './markdown.ts';
import { formatSarif } from './sarif.ts';
import { formatText } from './text.ts';

export const reportFormats = ['text', 'json', 'markdown', 'sarif', 'junit'] as const;
export type ReportFormat = (typeof reportFormats)[number];

/** The reports as one document that ends with a newline. `colour` matters to `text` alone. */
export function formatReports(
  reports: readonly Report[],
  format: ReportFormat,
  options: { readonly colour: boolean },
): string {
  switch (format) {
    case 'text':
      return formatText(reports, options.colour);
    case 'json':
      return formatJson(reports);
    case 'markdown':
      return formatMarkdown(reports);
    case 'sarif':
      return formatSarif(reports);
    case 'junit':
      return formatJunit(reports);
  }
}
