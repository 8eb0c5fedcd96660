import assert from 'node:assert/strict';
import fc from 'fast-check';
import { formatMarkdown } from '../../../src/report/markdown.ts';
import { code, fence, prose, table } from '../../../src/report/markdown-text.ts';
import {
  accepted,
  hostile,
  overBudget,
  overLimit,
  rejected,
  sampleReports,
  undecided,
} from '../../support/sample-reports.ts';
import { anyReport, anyText } from './arbitrary.ts';
import { assertGolden } from './golden.ts';

/** The number of cells in a line of a table. Pipes with a backslash do not separate cells. */
function cells(line: string): number {
  return line.split(/(?<!\\)\|/).length - 2;
}

describe('formatMarkdown', () => {
  for (const [name, report] of Object.entries(sampleReports)) {
    it(`matches the golden file of the ${name} report`, () => assertGolden(`${name}.md.txt`, formatMarkdown([report])));
  }

  it('starts several reports with a table of the verdicts', () => {
    assertGolden('several.md.txt', formatMarkdown([accepted, rejected, undecided, overBudget, overLimit]));
  });

  it('has a sentence for no reports', () => {
    assert.equal(formatMarkdown([]), '## PVF check\n\nNo runtime blob was checked.\n');
  });

  it('notifies no one and lets no markup through', () => {
    const outsideCode = formatMarkdown([hostile])
      .replace(/^(`{3,})text\n[\s\S]*?\n\1$/gm, '')
      .replace(/(`+)[^`][\s\S]*?\1/g, '');
    assert.doesNotMatch(outsideCode, /@[a-z]/);
    assert.doesNotMatch(outsideCode, /(?<!\\)<(?!br>|\/?details>|\/?summary>|!-- -->)/);
  });

  it('keeps every table rectangular with any text', () => {
    fc.assert(
      fc.property(anyReport, (report) => {
        const text = formatMarkdown([report, accepted]).replace(/^(`{3,})text\n[\s\S]*?\n\1$/gm, '');
        for (const block of text.split('\n\n').filter((part) => /^\|.*\n\| :--/.test(part))) {
          const counts = block.split('\n').map(cells);
          assert.equal(new Set(counts).size, 1, block);
        }
      }),
    );
  });

  it('keeps a name with a line feed in one heading', () => {
    const report = { ...accepted, runtime: { ...accepted.runtime, specName: 'a\n# b' } };
    assert.match(formatMarkdown([report]), /^## ✅ PASS: a\\\\n# b 408 \(vote: accept\)\n/);
  });

  it('stays below the size limit of a comment on GitHub', () => {
    const message = 'x'.repeat(1_000_000);
    const report = {
      ...rejected,
      outcome: { kind: 'concluded', error: { variant: 'Preparation', message, deterministic: true } },
      verdict: { vote: 'reject', reason: message.slice(1) },
    } as const;
    assert.ok(formatMarkdown([report]).length < 65_536);
  });
});

describe('prose', () => {
  const rows: readonly (readonly [string, string])[] = [
    ['a_b __c__ *d*', 'a_b \\_\\_c\\_\\_ \\*d\\*'],
    ['# no heading\n- no list\n1. nor this', '\\# no heading<br>\n\\- no list<br>\n1\\. nor this'],
    ['<b>&lt; & $x$ @me', '\\<b\\>\\&lt; & \\$x\\$ @<!-- -->me'],
    ['https://example.org/a_b?c=1&d=2', 'https://example.org/a_b?c=1&d=2'],
  ];
  for (const [text, expected] of rows) it(JSON.stringify(text), () => assert.equal(prose(text), expected));
});

describe('code', () => {
  it('uses more backticks than the text has', () => {
    assert.equal(code('plain'), '`plain`');
    assert.equal(code('a`b``c'), '``` a`b``c ```');
  });
});

describe('fence', () => {
  it('can not be closed by its content', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const [opening = '', ...lines] = fence(text).split('\n');
        const ticks = opening.replace('text', '');
        assert.ok(ticks.length >= 3 && lines.at(-1) === ticks);
        assert.ok(lines.slice(0, -1).every((line) => !line.includes(ticks)));
      }),
    );
  });
});

describe('table', () => {
  it('escapes pipes once, even in code spans', () => {
    assert.equal(
      table(['a'], [['x|y'], [prose('x|y')], [code('x|y')]]),
      '| a |\n| :-- |\n| x\\|y |\n| x\\|y |\n| `x\\|y` |',
    );
  });
});
