/** A comparison as a document. A new format is a file of its own and an entry here. */
import type { Comparison } from '../model/comparison.ts';
import { compareMarkdown } from './compare-markdown.ts';
import { compareText } from './compare-text.ts';
import { comparisonJson } from './comparison-json.ts';

export interface ComparisonOptions {
  /** Only for `text`. */
  readonly colour: boolean;
}

const formats = {
  text: compareText,
  json: (comparison) => `${JSON.stringify(comparisonJson(comparison), null, 2)}\n`,
  markdown: (comparison) => compareMarkdown(comparison),
} satisfies Record<string, (comparison: Comparison, options: ComparisonOptions) => string>;

export type ComparisonFormat = keyof typeof formats;

export const comparisonFormats = Object.keys(formats) as readonly ComparisonFormat[];

/** Ends with a newline. */
export function formatComparison(comparison: Comparison, format: ComparisonFormat, options: ComparisonOptions): string {
  return formats[format](comparison, options);
}
