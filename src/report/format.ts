import type { PageAssets } from '../base/page-assets.ts';
import type { ReportEntry } from '../model/input-problem.ts';
import type { RuleInfo } from '../model/rule-info.ts';
import { formatChainText } from './chain-text.ts';
import type { ReferenceOf } from './changes.ts';
import { formatHtml } from './html.ts';
import { formatJunit } from './junit.ts';
import { formatLines } from './line.ts';
import { formatComment } from './markdown.ts';
import { formatSarif, type PlacesOf } from './sarif.ts';
import { formatText } from './text.ts';

export interface FormatOptions {
  /** Only for `text`. */
  readonly colour: boolean;
  /** Only for `text`: see `TextOptions`. */
  readonly verbose: boolean;
  /** Only for `json`: see `formatJson`. */
  readonly isList?: boolean;
  /** Only for `text`: a table of the codes of a chain, instead of their whole reports. */
  readonly isTable?: boolean;
  /** Only for `sarif`: see `formatSarif`. */
  readonly rules: readonly RuleInfo[];
  /** Only for `sarif` and `line`: see `formatSarif`. */
  readonly placesOf?: PlacesOf;
  /** Only for `text` and `markdown`. */
  readonly referenceOf?: ReferenceOf;
  /** Only for `html`: the script and the style of the page. Absent: it has neither charts nor colours. */
  readonly page?: PageAssets;
}

type Formatter = (entries: readonly ReportEntry[], options: FormatOptions) => string;

/** A new format is a file of its own and an entry here. */
const formats = {
  text: (entries, options) => (options.isTable ? formatChainText(entries, options) : formatText(entries, options)),
  json: (entries, { isList }) => formatJson(entries, isList),
  markdown: formatComment,
  sarif: (entries, { rules, placesOf }) => formatSarif(entries, rules, placesOf),
  junit: formatJunit,
  line: (entries, { rules, placesOf }) => formatLines(entries, rules, placesOf),
  html: (entries, { page = { script: '', style: '' } }) => formatHtml(entries, page),
} satisfies Record<string, Formatter>;

export type ReportFormat = keyof typeof formats;

export const reportFormats = Object.keys(formats) as readonly ReportFormat[];

/** The entries as one document that ends with a newline. */
export function formatReports(entries: readonly ReportEntry[], format: ReportFormat, options: FormatOptions): string {
  return formats[format](entries, options);
}

/**
 * One entry as an object, several (or none) as an array. `media/report.schema.json` describes each entry.
 * @param isList puts a single entry into an array too, because the user named several files
 */
export function formatJson(entries: readonly ReportEntry[], isList = entries.length !== 1): string {
  return `${JSON.stringify(isList ? entries : entries[0], null, 2)}\n`;
}
