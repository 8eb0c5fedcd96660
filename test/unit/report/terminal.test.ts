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
  it('breaks at white space, and only words that are longer than a line', () => {
    assert.deepEqual(wrap('one two three', 7), ['one two', 'three']);
    assert.deepEqual(wrap('a 0123456789', 5), ['a', '01234', '56789']);
  });

  it('keeps empty lines and indentation', () => {
    assert.deepEqual(wrap('Caused by:\n\n    0: one two', 11), ['Caused by:', '', '    0: one', '    two']);
  });

  it('keeps all words in order within the width', () => {
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
  it('keeps the start and the end, with a note about the omitted lines', () => {
    const note = '… 2 lines left out. The JSON report has the full text …';
    assert.deepEqual(clip([...'abcdefg'], 5), ['a', 'b', note, 'e', 'f', 'g']);
  });
  it('shows one line too many instead of a note', () => {
    assert.deepEqual(clip([...'abcdef'], 5), [...'abcdef']);
  });
});

describe('printable', () => {
  it('escapes control characters', () => {
    assert.equal(
      printable('\u001b[2J\u0000\u009b\u202e\u{e0001}\ud800'),
      '\\u{1b}[2J\\u{0}\\u{9b}\\u{202e}\\u{e0001}\\u{d800}',
    );
  });
  it('keeps letters of any script, and lines', () => {
    assert.equal(printable('Größe 運行時\r\n😀\tx'), 'Größe 運行時\n😀    x');
  });
  it('escapes line feeds on one line', () => assert.equal(oneLine('a\nb'), 'a\\nb'));
});

describe('painter', () => {
  it('does not change the text without colour', () => assert.equal(painter(false)('x', 'red', 'bold'), 'x'));
  it('resets the style', () => assert.equal(painter(true)('x', 'bold', 'red'), '\u001b[1m\u001b[31mx\u001b[0m'));
  it('keeps an empty text empty', () => assert.equal(painter(true)('', 'red'), ''));
});

describe('text from outside in the log of a CI system', () => {
  const commands = [
    '::error::x',
    '  ::stop-commands::x',
    'a\n::add-mask::x',
    '##[error]x',
    'a ##[group]x',
    '##vso[task.x]y',
  ];
  for (const command of commands) {
    it(`${JSON.stringify(command)} is no command`, () => {
      const lines = [...printable(command).split('\n'), ...wrap(`${'a'.repeat(20)} ${printable(command)}`, 20)];
      assert.ok(!lines.some((line) => /^\s*::|##[a-z]*\[/.test(line)), lines.join('\n'));
    });
  }

  it('keeps colons elsewhere', () => assert.equal(printable('a::b c: ::d'), 'a::b c: ::d'));
});
