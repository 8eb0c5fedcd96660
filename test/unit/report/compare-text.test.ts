import assert from 'node:assert/strict';
import { stripVTControlCharacters } from 'node:util';
import { type Comparison, compareReports } from '../../../src/model/comparison.ts';
import { compareText } from '../../../src/report/compare-text.ts';
import { accepted, estimated, hostile, inspected, overBudget, rejected } from '../../support/sample-reports.ts';
import { assertGolden } from './golden.ts';

const plain = { colour: false };

/** Changes of every kind. */
const everything: Comparison = {
  ...compareReports(inspected, accepted, [
    { kind: 'moved', subject: 'pallet', path: 'Balances', was: '10', now: '11', class: 'needs-transaction-version' },
    { kind: 'removed', subject: 'call', path: 'Balances.burn', was: 'index 10', class: 'needs-transaction-version' },
    { kind: 'added', subject: 'event', path: 'Balances.Burned', now: 'index 21', class: 'compatible' },
  ]),
  growth: {
    crates: [{ name: 'pallet_balances', was: 52_000, now: 61_234 }],
    owners: [{ name: 'pallet_xcm', was: 0, now: 9000 }],
    functions: [
      { name: 'pallet_balances::pallet::transfer', was: 1000, now: 900 },
      {
        name: `a_crate::with::${'many_modules::'.repeat(9)}<T as Trait>::and_a_function_at_the_end`,
        was: 10,
        now: 0,
      },
    ],
    sameFunctions: 1234,
  },
  imports: { added: ['env.ext_new_version_1'], gone: ['env.ext_old_version_1'] },
  exports: { added: ['Api_new'], gone: [] },
};

describe('compareText', () => {
  it('shows every kind of change', () => {
    assertGolden('comparison.txt', compareText(everything, plain));
  });

  it('adds only colour on a terminal', () => {
    const coloured = compareText(everything, { colour: true });
    assert.notEqual(coloured, compareText(everything, plain));
    assert.equal(stripVTControlCharacters(coloured), compareText(everything, plain));
  });

  it('keeps the end of a long name, which tells functions apart', () => {
    const line = compareText(everything, plain)
      .split('\n')
      .find((text) => text.includes('and_a_function_at_the_end'));
    assert.match(line ?? '', /^ {2}….*<T as Trait>::and_a_function_at_the_end +10 B +– +−10 B$/);
    assert.ok((line ?? '').length <= 100, line);
  });

  it('points out identical code, and times that do not compare', () => {
    assert.match(
      compareText(compareReports(accepted, overBudget), plain),
      /^ {2}Both blobs are identical, byte for byte\. The relay chain rejects/m,
    );
    assert.match(
      compareText(compareReports(accepted, estimated), plain),
      /Their times and memory can't be compared\.$/m,
    );
  });

  it('ends with new and resolved findings, each with its help', () => {
    const text = compareText(compareReports(rejected, inspected), plain);
    assert.match(text, /\nNew findings\n {2}error\[no-validate-block\]: .*\n(.*\n)*? {4}help: /);
    assert.match(text, /\nResolved findings\n/);
  });

  it('prints no control characters of a blob', () => {
    const text = compareText(compareReports(hostile, { ...hostile, findings: [] }), plain);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
    assert.doesNotMatch(text, /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
  });
});
