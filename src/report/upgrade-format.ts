/** An upgrade checklist as a document. A new format is a file of its own and an entry here. */
import type { UpgradeChecklist } from '../model/upgrade-checklist.ts';
import { upgradeMarkdown } from './upgrade-markdown.ts';
import { upgradeText } from './upgrade-text.ts';

const formats = {
  text: upgradeText,
  json: (checklist) => `${JSON.stringify(checklist, null, 2)}\n`,
  markdown: (checklist) => upgradeMarkdown(checklist),
} satisfies Record<string, (checklist: UpgradeChecklist, options: { readonly colour: boolean }) => string>;

export type UpgradeFormat = keyof typeof formats;

export const upgradeFormats = Object.keys(formats) as readonly UpgradeFormat[];

/** Ends with a newline. @param options `colour`: only for `text` */
export function formatUpgrade(
  checklist: UpgradeChecklist,
  format: UpgradeFormat,
  options: { readonly colour: boolean },
): string {
  return formats[format](checklist, options);
}
