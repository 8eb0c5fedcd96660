import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Report } from '../../../src/model/report.ts';
import { formatComment, formatMarkdown } from '../../../src/report/markdown.ts';
import { code, fence, prose, table } from '../../../src/report/markdown-text.ts';
import { newerRelease, olderRelease } from '../../support/real-reports.ts';
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

const reference = { entry: olderRelease, text: 'against main@1a2b3c4.json' };

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

  it('matches the golden file of a release against the one before', () => {
    const text = formatComment([newerRelease], { referenceOf: () => reference });
    assertGolden('newer-release.md.txt', text);
    const first = text.split('\n').slice(0, 33).join('\n');
    for (const part of ['PASS', 'spec_version 1009002 → 1009003', '| Stored size |', '`pallet_xcm`', 'Metadata']) {
      assert.ok(first.includes(part), `${part} is not above the fold`);
    }
  });

  it('matches the golden file of several runtimes, with what changed', () => {
    const entries = [newerRelease, { ...rejected, vote: 'reject' } as const, accepted];
    const referenceOf = (report: Report) => (report === newerRelease ? reference : undefined);
    assertGolden('several-releases.md.txt', formatComment(entries, { referenceOf }));
  });

  it('shows changes of the metadata by what they need, the worst first', () => {
    const changes = [
      { kind: 'added', subject: 'call', path: 'Balances.burn', now: '10', class: 'compatible' },
      {
        kind: 'retyped',
        subject: 'storage',
        path: 'System.Account',
        was: 'u64',
        now: 'u128',
        class: 'needs-migration',
      },
      { kind: 'moved', subject: 'call', path: 'A.`b`\n# c', was: '1', now: '2', class: 'needs-transaction-version' },
    ] as const;
    const text = formatMarkdown([{ ...newerRelease, metadata: { changes: [...changes] } }], {
      referenceOf: () => reference,
    });
    const [shown = '', folded = ''] = text.split('<details>').filter((part) => part.includes('System.Account'));
    assert.match(shown, /Metadata changes: 1 needs a new transaction_version, 1 needs a migration, 1 compatible\./);
    assert.doesNotMatch(shown, /Balances\.burn/);
    assert.match(folded, /Metadata changes \(3\)<\/summary>[\s\S]*Balances\.burn/);
    assert.doesNotMatch(text, /^# c/m);
  });

  it('says that the code is the same', () => {
    const same = { entry: newerRelease, text: 'against old.json' };
    const text = formatMarkdown([newerRelease], { referenceOf: () => same });
    assert.match(text, /^Changes against old\.json: The code is the same, byte for byte\.$/m);
  });

  it('leaves out details, never the conclusion, when there is too much, and says so', () => {
    const many = Array.from({ length: 300 }, (_, at) => ({
      ...newerRelease,
      runtime: { ...newerRelease.runtime, specVersion: at, path: `${'long/'.repeat(500)}${at}.wasm` },
    }));
    const failing = { ...rejected, runtime: { ...rejected.runtime, specName: 'the-bad-one' } };
    const text = formatMarkdown([...many, failing], { referenceOf: () => reference });
    assert.ok(Buffer.byteLength(text) < 65_536, `${Buffer.byteLength(text)} bytes`);
    assert.match(text.split('\n').slice(0, 6).join('\n'), /`the-bad-one 43`: Validators would reject it/);
    assert.match(text, /201 more runtimes are in the JSON report/);
    assert.match(text, /<summary>❌ FAIL: the-bad-one 43/);
    assert.equal(text.split('<details>').length, text.split('</details>').length);
    assert.match(text, /\n\d+ of 301 runtimes are left out here, because a comment has a size limit\./);
  });

  it('keeps any report below the size limit, with its conclusion', () => {
    fc.assert(
      fc.property(anyReport, fc.integer({ min: 1, max: 40 }), (report, count) => {
        const finding = {
          id: 'odd',
          severity: 'error',
          message: '\u{202e}'.repeat(5000),
          hint: '\u4e00'.repeat(5000),
        } as const;
        const text = formatComment([{ ...report, findings: Array.from({ length: count }, () => finding) }]);
        assert.ok(Buffer.byteLength(text) < 65_536);
        assert.match(text, /^<!-- pvf-report -->\n## .{1,3} (PASS|FAIL|UNDECIDED|INSPECTED): /u);
      }),
    );
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
