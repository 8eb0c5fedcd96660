import assert from 'node:assert/strict';
import type { SizeNode, Sizes } from '../../../src/model/size-tree.ts';
import { formatMarkdown } from '../../../src/report/markdown.ts';
import { sizeLines, sizeTables, whyLines } from '../../../src/report/sizes.ts';
import { formatText } from '../../../src/report/text.ts';
import { accepted } from '../../support/sample-reports.ts';

const node = (kind: SizeNode['kind'], name: string, bytes: number, functions: number, ...children: SizeNode[]) => ({
  ...{ name, kind, bytes, functions, children },
});

const code = node(
  'section',
  'code',
  1000,
  12,
  node('crate', 'alloc', 600, 10, node('module', 'vec', 600, 10, node('function', 'grow', 600, 10))),
  node('crate', 'pallet_foo', 400, 2, node('function', 'call', 400, 2)),
);

const sizes: Sizes = {
  totalBytes: 1000,
  codeBytes: 1000,
  attributedCodeBytes: 1000,
  ownedCodeBytes: 900,
  tree: node('file', 'file', 1000, 12, code),
  owners: [
    { name: 'pallet_foo', kind: 'pallet', bytes: 900, functions: 11 },
    { name: 'unattributed', kind: 'unattributed', bytes: 100, functions: 1 },
  ],
  retained: [
    { name: 'pallet_foo', kind: 'pallet', bytes: 900, functions: 11, retainedBytes: 950, inTable: 2 },
    { name: 'pallet_foo::call', kind: 'function', bytes: 200, functions: 1, retainedBytes: 800, inTable: 0 },
  ],
  keptBy: [
    {
      ...{ name: 'pallet_foo', kind: 'pallet', bytes: 900, functions: 11, retainedBytes: 950, inTable: 2 },
      ...{ through: ['validate_block'], callers: ['main\u001b[31m'], callerCount: 3 },
    },
  ],
  recompression: { level: 22, storedBytes: 500, withoutNamesBytes: 400 },
};

describe('the sizes of a report', () => {
  it('are the largest crates and owners, and the measured compression', () => {
    assert.deepEqual(sizeLines(sizes), [
      'by crate: alloc 60.0 %, pallet_foo 40.0 %',
      'made for: pallet_foo 90.0 %',
      'compressed with zstd level 22: 500 B, without function names 400 B',
    ]);
  });

  it('are as many rows in each table as requested', () => {
    assert.deepEqual(
      sizeTables(sizes).map(({ title, rows }) => [title, rows]),
      [
        ['Largest functions, all instances', [['600 B', '60.0 %', '10', 'alloc::vec::grow']]],
        ['Generic functions with the most copies', [['540 B', '54.0 %', '10', 'alloc::vec::grow']]],
        [
          'Pallets and own crates, with the generic code made for them',
          [['900 B', '90.0 %', 'about 950 B', 'pallet_foo']],
        ],
        ['Functions that keep the most code in the module', [['about 800 B', '80.0 %', '200 B', 'pallet_foo::call']]],
      ],
    );
    const { retained: _, ...plain } = sizes;
    assert.deepEqual(sizeTables(plain), []);
  });

  it('say what keeps a part and what is not known', () => {
    assert.deepEqual(whyLines(sizes), [
      'pallet_foo: 11 functions, 900 B; its removal saves about 950 B.',
      'Every call of it comes through validate_block.',
      'Called by main\u001b[31m and others (3 in all).',
      '2 of 11 in a table: what calls these from there is not known.',
    ]);
    assert.match(whyLines({ ...sizes, keptBy: [] })?.join() ?? '', /^No function, crate or pallet/);
  });

  it('stand in the text report without control characters, and folded in Markdown', () => {
    const report = { ...accepted, sizes };
    const text = formatText([report], { colour: false, verbose: false });
    assert.match(text, /Sizes +by crate: alloc 60\.0 %/);
    assert(!text.includes('\u001b'));
    const markdown = formatMarkdown([report]);
    assert.match(markdown, /<summary>Sizes<\/summary>[\s\S]*\| 600 B \| 60\.0 % \| `alloc` \|/);
  });
});
