/** What holds for every document, whatever the names in a blob are. */
import assert from 'node:assert/strict';

/** Far above what a report of a real runtime has, and below what a pull request takes. */
const MAX_SHOWN_BYTES = 500_000;

const lonelySurrogate = /\p{Cs}/u;
const escapedSurrogate = /(?:^|[^\\])(?:\\\\)*\\ud[89a-f][0-9a-f]{2}(?!\\ud[c-f])/;
const invisible = /(?!\n)[\p{Cc}\p{Cf}\u2028\u2029]/u;
// XML 1.0 has no other control characters.
const noXml = /(?![\t\n\r])[\p{Cc}\ufffe\uffff]/u;
const fenced = /^(`{3,})text\n[\s\S]*?\n\1$/gm;
const bareAmpersand = /&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[0-9a-f]+);)/i;

/** @param scripts that an HTML page has, its data included */
export function assertDocument(format: string, document: string, scripts = 0): void {
  assert(document.endsWith('\n'), `${format}: no line feed at the end`);
  refuse(format, document, lonelySurrogate, 'half of a surrogate pair');
  switch (format) {
    case 'text':
    case 'line':
    case 'markdown':
      refuse(format, document, invisible, 'an invisible character');
      assert(document.length < MAX_SHOWN_BYTES, `${format}: ${document.length} characters`);
      if (format === 'markdown') assertTables(document);
      return;
    case 'html':
      refuse(format, document, invisible, 'an invisible character');
      assert.equal(document.match(/<script/gi)?.length, scripts, 'html: a script more or less');
      return;
    case 'junit':
      refuse(format, document, noXml, 'a character that XML does not have');
      refuse(format, document, bareAmpersand, 'a bare ampersand');
      return;
    default:
      refuse(format, document, escapedSurrogate, 'half of a surrogate pair');
      JSON.parse(document);
  }
}

function refuse(format: string, document: string, pattern: RegExp, what: string): void {
  const found = pattern.exec(document);
  if (found === null) return;
  const around = document.slice(Math.max(0, found.index - 60), found.index + 20);
  assert.fail(`${format}: ${what} after ${JSON.stringify(around)}`);
}

/** The rows of a table have as many cells as its head. The text of an error may look like one. */
function assertTables(document: string): void {
  let cells: number | undefined;
  for (const line of document.replace(fenced, '').split('\n')) {
    const count = line.startsWith('| ') ? line.match(/(?<!\\)\|/g)?.length : undefined;
    if (count !== undefined && cells !== undefined) assert.equal(count, cells, `markdown: ${line.slice(0, 200)}`);
    cells = count;
  }
}
