import { readdirSync, readFileSync } from 'node:fs';
import { jsonText } from './json-schema.ts';

const source = new URL('../../src/', import.meta.url);
const literal = /\bt\(\s*('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|`[^`$]*`)/g;

/** `l10n/bundle.l10n.json`: every text that the extension passes to `t()`. Translators copy the file. */
export function translatableTexts(): string {
  const texts = editorSources().flatMap((path) => {
    const code = readFileSync(new URL(path, source), 'utf8');
    return Array.from(code.matchAll(literal), ([, quoted = '']) => unquote(quoted));
  });
  return jsonText(Object.fromEntries(texts.sort().map((text) => [text, text])));
}

function editorSources(): string[] {
  const paths = readdirSync(new URL('editor/', source), { recursive: true, encoding: 'utf8' });
  return ['extension.ts', ...paths.filter((path) => path.endsWith('.ts')).map((path) => `editor/${path}`)];
}

function unquote(quoted: string): string {
  return quoted.slice(1, -1).replace(/\\(.)/g, '$1');
}
