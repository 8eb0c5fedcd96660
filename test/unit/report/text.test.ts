import assert from 'node:assert/strict';
import fc from 'fast-check';
import { formatText } from '../../../src/report/text.ts';
import {
  accepted,
  estimated,
  overBudget,
  overLimit,
  rejected,
  sampleReports,
  undecided,
} from '../../support/sample-reports.ts';
import { anyReport } from './arbitrary.ts';
import { assertGolden } from './golden.ts';

const escapes = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, 'g');

describe('formatText', () => {
  for (const [name, report] of Object.entries(sampleReports)) {
    it(`matches the golden file of the ${name} report`, () =>
      assertGolden(`${name}.txt`, formatText([report], { colour: false, verbose: false })));
  }

  it('sums up several reports', () => {
    assertGolden(
      'several.txt',
      formatText([accepted, rejected, undecided, overBudget, overLimit], { colour: false, verbose: false }),
    );
  });

  it('has no blanks at the end of a line', () => {
    for (const report of Object.values(sampleReports))
      assert.doesNotMatch(formatText([report], { colour: false, verbose: false }), / $/m);
  });

  it('is empty without a report', () => assert.equal(formatText([], { colour: true, verbose: false }), ''));

  for (const [name, report] of Object.entries(sampleReports)) {
    it(`adds only colour to the ${name} report`, () => {
      const coloured = formatText([report], { colour: true, verbose: false });
      assert.match(coloured, escapes);
      assert.equal(coloured.replace(escapes, ''), formatText([report], { colour: false, verbose: false }));
    });

    it(`fits the ${name} report into 100 columns`, () => {
      const wide = formatText([report], { colour: false, verbose: false })
        .split('\n')
        .filter((line) => line.length > 100);
      assert.deepEqual(wide, []);
    });
  }

  it('never breaks a path', () => {
    const path = `${'deep folder/'.repeat(12)}runtime.wasm`;
    const report = { ...accepted, runtime: { ...accepted.runtime, path }, worker: { kind: 'official', path } } as const;
    const lines = formatText([report], { colour: false, verbose: false }).split('\n');
    assert.equal(lines.filter((line) => line.trim() === path).length, 2);
  });

  it('leaves out unknown facts', () => {
    const text = formatText([sampleReports.inspected], { colour: false, verbose: false });
    assert.doesNotMatch(text, /undefined|NaN|CPU|memory|Worker|Security|Job|Time|Artifact/);
  });

  it('marks every estimate', () => {
    const lines = formatText([estimated], { colour: false, verbose: false }).split('\n');
    const cpu = lines.filter((line) => /CPU time {2}|slower/.test(line));
    assert.equal(cpu.length, 2);
    for (const line of cpu) assert.match(line, /≈/);
    assert.doesNotMatch(lines.join('\n'), /7\.24/);
  });

  it('prints no control characters and no wide lines for any text from outside', () => {
    fc.assert(
      fc.property(anyReport, (report) => {
        const text = formatText([report], { colour: false, verbose: false });
        assert.doesNotMatch(text, /(?!\n)[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/u);
        const wide = text.split('\n').filter((line) => [...line].length > 100);
        // The runtime's name in the title, the path below it, and the worker's path.
        assert.ok(wide.length <= 3, wide.join('\n'));
      }),
    );
  });
});
