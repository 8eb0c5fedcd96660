import assert from 'node:assert/strict';
import fc from 'fast-check';
import { bar, clip, oneLine, painter, printable, wrap } from '../../../src/report/terminal.ts';
import { anyText } from './arbitrary.ts';

describe('bar', () => {
  const rows: readonly (readonly [number, string])[] = [
    [0, '░░░░░░░░░░'],
    [0.5, '█████░░░░░'],
    [0.999, '█████████░'],
    [1, '██████████'],
    [7, '██████████'],
  ];
  for (const [ratio, cells] of rows) it(`${ratio}`, () => assert.equal(bar(ratio, 10), cells));
});

describe('wrap', () => {
  it('breaks at white space, and inside a word only where it is longer than a line', () => {
    assert.deepEqual(wrap('one two three', 7), ['one two', 'three']);
    assert.deepEqual(wrap('a 0123456789', 5), ['a', '01234', '56789']);
  });

  it('keeps empty lines and indentation', () => {
    assert.deepEqual(wrap('Caused by:\n\n    0: one two', 11), ['Caused by:', '', '    0: one', '    two']);
  });

  it('keeps the words, in their order, within the width', () => {
    fc.assert(
      fc.property(anyText.map(printable), fc.integer({ min: 8, max: 100 }), (text, width) => {
        const lines = wrap(text, width);
        assert.equal(lines.join('').replace(/\s/g, ''), text.replace(/\s/g, ''));
        assert.ok(lines.every((line) => [...line].length <= width));
      }),
    );
  });
});

describe('clip', () => {
  it('keeps the start and the end, and says how many lines are left out', () => {
    const note = '… 2 lines left out; the JSON report has them all …';
    assert.deepEqual(clip([...'abcdefg'], 5), ['a', 'b', note, 'e', 'f', 'g']);
  });
  it('shows a single line too many rather than say that there is one', () => {
    assert.deepEqual(clip([...'abcdef'], 5), [...'abcdef']);
  });
});

describe('printable', () => {
  it('writes what a terminal would obey as escapes', () => {
    assert.equal(
      printable('\u001b[2J\u0000\u009b\u202e\u{e0001}\ud800'),
      '\\u{1b}[2J\\u{0}\\u{9b}\\u{202e}\\u{e0001}\\u{d800}',
    );
  });
  it('keeps letters of any script, and lines', () => {
    assert.equal(printable('Größe 運行時\r\n😀\tx'), 'Größe 運行時\n😀    x');
  });
  it('has a form for one line', () => assert.equal(oneLine('a\nb'), 'a\\nb'));
});

describe('painter', () => {
  it('leaves the text alone without colour', () => assert.equal(painter(false)('x', 'red', 'bold'), 'x'));
  it('closes what it opens', () => assert.equal(painter(true)('x', 'bold', 'red'), '\u001b[1m\u001b[31mx\u001b[0m'));
  it('paints nothing around nothing', () => assert.equal(painter(true)('', 'red'), ''));
});
