import { readFileSync } from 'node:fs';
import { declarationsOf } from './declarations.ts';
import { reportJsonSchema } from './report-schema.ts';

const source = new URL('../../src/editor/api.ts', import.meta.url);

/** `media/api.d.ts`, for the authors of other extensions to copy. */
export function apiTypes(): string {
  return `${[
    "/** The API of the extension Polkadot PVF: `vscode.extensions.getExtension<PvfApi>('polkadot-pvf.polkadot-pvf')?.activate()`. */",
    "import type { Event, Uri } from 'vscode';",
    apiInterface(readFileSync(source, 'utf8')),
    declarationsOf('Report', reportJsonSchema),
  ].join('\n\n')}\n`;
}

/** Copies the source text of the interface, because no schema describes its methods and VS Code's types. */
function apiInterface(text: string): string {
  const found = /^export interface PvfApi \{\n.*?^\}$/ms.exec(text)?.[0];
  if (found === undefined) throw new Error(`${source.pathname} declares no interface PvfApi`);
  return `/** What other extensions get. */\n${found}`;
}
