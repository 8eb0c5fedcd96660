/** A comparison as a document. A new format is a file of its own and an entry here. */
import type { PageAssets } from '../base/page-assets.ts';
import type { Comparison } from '../model/comparison.ts';
import { compareMarkdown } from './compare-markdown.ts';
import { compareText } from './compare-text.ts';
import { compareView } from './compare-view.ts';
import { comparisonJson } from './comparison-json.ts';
import { viewPage } from './html-page.ts';

export interface ComparisonOptions {
  /** Only for `text`. */
  readonly colour: boolean;
  /** Only for `html`: the script and the style of the page. Absent: it has no chart. */
  readonly page?: PageAssets;
}

const formats = {
  text: compareText,
  json: (comparison) => `${JSON.stringify(comparisonJson(comparison), null, 2)}\n`,
  markdown: (comparison) => compareMarkdown(comparison),
  html: (comparison, { page = { script: '', style: '' } }) => viewPage(compareView(comparison), page),
} satisfies Record<string, (comparison: Comparison, options: ComparisonOptions) => string>;

export type ComparisonFormat = keyof typeof formats;

export const comparisonFormats = Object.keys(formats) as readonly ComparisonFormat[];

/** Ends with a newline. */
export function formatComparison(comparison: Comparison, format: ComparisonFormat, options: ComparisonOptions): string {
  return formats[format](comparison, options);
}
