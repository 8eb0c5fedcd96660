import { readdirSync, readFileSync } from 'node:fs';
import { capitalize } from '../../src/base/text.ts';
import { labelOf, limits, measures } from '../../src/model/measures.ts';
import { changeClassWords } from '../../src/model/metadata-change-text.ts';
import { metadataCountLabels } from '../../src/model/metadata-views.ts';
import { severityWords } from '../../src/model/severity.ts';
import { allGradeTexts } from '../../src/report/conclusion.ts';
import { jsonText } from './json-schema.ts';

const source = new URL('../../src/', import.meta.url);
const literal = /\bt\(\s*('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|`[^`$]*`)/g;

/** Texts from tables that the code passes to `t()`. */
const tableTexts = [
  ...allGradeTexts,
  ...measures.flatMap((measure) => [labelOf(measure), measure.about]),
  ...new Set(limits.map(({ about }) => about)),
  ...Object.values(severityWords).map(capitalize),
  ...metadataCountLabels,
  ...Object.values(changeClassWords).map(capitalize),
];

/** `l10n/bundle.l10n.json`: every text that the extension passes to `t()`. Translators start from a copy of it. */
export function translatableTexts(): string {
  const texts = editorSources().flatMap((path) => {
    const code = readFileSync(new URL(path, source), 'utf8');
    return Array.from(code.matchAll(literal), ([, quoted = '']) => unquote(quoted));
  });
  return jsonText(Object.fromEntries([...texts, ...tableTexts].sort().map((text) => [text, text])));
}

function editorSources(): string[] {
  const paths = readdirSync(new URL('editor/', source), { recursive: true, encoding: 'utf8' });
  return ['extension.ts', ...paths.filter((path) => path.endsWith('.ts')).map((path) => `editor/${path}`)];
}

function unquote(quoted: string): string {
  return quoted.slice(1, -1).replace(/\\(.)/g, '$1');
}
