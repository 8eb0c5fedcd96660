import assert from 'node:assert/strict';
import { StderrLines } from '../../../../src/worker/process/stderr-lines.ts';

describe('StderrLines', () => {
  const rows: readonly (readonly [what: string, pieces: readonly string[], lines: readonly string[]])[] = [
    ['nothing', [], []],
    ['a line', ['one\n'], ['one']],
    ['lines in one piece', ['one\ntwo\n'], ['one', 'two']],
    ['a line in pieces', ['o', 'n', 'e\nt', 'wo\n'], ['one', 'two']],
    ['an empty line', ['\n\n'], ['', '']],
    ['lines of Windows', ['one\r\n', 'two\r', '\n'], ['one', 'two']],
    ['a last line without a line feed', ['one\ntwo'], ['one', 'two']],
    [
      'a line that is too long',
      [`${'x'.repeat(5000)}\ntwo\n`],
      [`${'x'.repeat(4096)}… (truncated, 5000 characters)`, 'two'],
    ],
    [
      'a line that is too long, in pieces',
      ['x'.repeat(4000), 'x'.repeat(4000), 'x'.repeat(4000)],
      [`${'x'.repeat(4096)}… (truncated, 12000 characters)`],
    ],
  ];
  for (const [what, pieces, lines] of rows) {
    it(`splits ${what}`, () => {
      const splitter = new StderrLines();
      assert.deepEqual([...pieces.flatMap((piece) => splitter.push(piece)), ...splitter.end()], lines);
    });
  }
});
