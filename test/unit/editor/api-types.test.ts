import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { buildVariants } from '../../../src/model/build-variant.ts';
import { limitIds } from '../../../src/model/measures.ts';
import { outcomeKindNames } from '../../../src/model/outcome-table.ts';

const root = new URL('../../../', import.meta.url);
const textOf = (path: string) => readFileSync(new URL(path, root), 'utf8');

/** The declarations of a file, without its imports and re-exports. */
function declarations(path: string): string {
  return textOf(path)
    .replace(/^import [\s\S]*?;\n/gm, '')
    .replace(/^export type \{[^}]*\};\n/gm, '')
    .trim();
}

function declaration(path: string, start: string, end: RegExp): string {
  const text = textOf(path);
  const at = text.indexOf(start);
  assert.notEqual(at, -1, `${path} has no "${start}"`);
  return text.slice(at).split(end)[0]?.trim() ?? '';
}

/** A type that the code derives from a table. */
function union(name: string, members: readonly string[]): string {
  return `export type ${name} =${members.map((member) => `\n  | '${member}'`).join('')};`;
}

describe('media/api.d.ts', () => {
  it('says what the code says (UPDATE_GOLDEN=1 writes it)', () => {
    const text = [
      "/** The API of the extension Polkadot PVF: `vscode.extensions.getExtension<PvfApi>('polkadot-pvf.polkadot-pvf')?.activate()`. */",
      "import type { Event, Uri } from 'vscode';",
      declaration('src/editor/api.ts', '/** What other extensions get.', /\n(?=export function)/).replace(
        ' `media/api.d.ts` says the same for them.',
        '',
      ),
      declarations('src/model/report.ts'),
      union('BuildVariant', buildVariants),
      union('OutcomeKind', outcomeKindNames),
      union('LimitId', limitIds),
    ].join('\n\n');
    const file = new URL('media/api.d.ts', root);
    if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(file, `${text}\n`);
    assert.equal(readFileSync(file, 'utf8'), `${text}\n`);
  });
});
