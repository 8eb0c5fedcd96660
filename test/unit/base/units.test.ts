import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  formatBytes,
  formatBytesExactly,
  formatBytesRoughly,
  formatMillis,
  formatRatio,
  formatSeconds,
  formatSecondsRoughly,
  groupDigits,
} from '../../../src/base/units.ts';

const KIB = 1024;
const MIB = KIB * KIB;

function table<T>(format: (value: T) => string, rows: readonly (readonly [T, string])[]): void {
  for (const [value, text] of rows) {
    it(`${String(value)} -> ${text}`, () => assert.equal(format(value), text));
  }
}

describe('formatBytes', () => {
  table(formatBytes, [
    [0, '0 B'],
    [512, '512 B'],
    [1023, '1023 B'],
    [KIB, '1.0 KiB'],
    [13_576, '13.3 KiB'],
    [MIB - 52, '1023.9 KiB'],
    [MIB - 1, '1.00 MiB'],
    [2_023_117, '1.93 MiB'],
    [1024 * MIB - 1, '1.00 GiB'],
    [16 * 1024 * MIB, '16.00 GiB'],
    [-2_023_117, '-1.93 MiB'],
  ]);

  it('never returns 1024 of a unit', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 2 ** 39 }), (bytes) => !formatBytes(bytes).startsWith('1024.')));
  });
});

describe('groupDigits', () => {
  table(groupDigits, [
    [0, '0'],
    [999, '999'],
    [1000, '1 000'],
    [2_023_117, '2 023 117'],
    [-123_456, '-123 456'],
  ]);

  it('preserves the number', () => {
    fc.assert(fc.property(fc.maxSafeInteger(), (value) => Number(groupDigits(value).replaceAll(' ', '')) === value));
  });
});

describe('formatBytesExactly', () => {
  table(formatBytesExactly, [
    [86, '86 B'],
    [2_023_117, '1.93 MiB (2 023 117 B)'],
  ]);
});

describe('formatMillis', () => {
  table(formatMillis, [
    [0, '0.0 ms'],
    [4.62, '4.6 ms'],
    [9.96, '10 ms'],
    [38.2, '38 ms'],
    [999.6, '1.00 s'],
    [4210, '4.21 s'],
    [59_994, '59.99 s'],
    [59_999, '1 min 00 s'],
    [119_700, '2 min 00 s'],
    [125_000, '2 min 05 s'],
  ]);
});

describe('formatSeconds', () => {
  table(formatSeconds, [
    [4.6, '4.6 ms'],
    [999.6, '1.00 s'],
    [1000, '1 s'],
    [23_112, '23.11 s'],
    [60_000, '60 s'],
    [71_304, '71.30 s'],
    [360_000, '360 s'],
  ]);
});

describe('formatSecondsRoughly', () => {
  table(formatSecondsRoughly, [
    [0.46, '0.46 ms'],
    [338, '340 ms'],
    [999, '1 s'],
    [5123, '5.1 s'],
    [34_800, '35 s'],
    [124_000, '120 s'],
  ]);

  it('stays within 5 % of the value', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000_000 }), (ms) => {
        const [number = '', unit] = formatSecondsRoughly(ms).split(' ');
        const back = Number(number) * (unit === 's' ? 1000 : 1);
        return Math.abs(back - ms) <= ms * 0.05;
      }),
    );
  });
});

describe('formatBytesRoughly', () => {
  table(formatBytesRoughly, [
    [0, '0 B'],
    [86, '86 B'],
    [5300, '5.2 KiB'],
    [KIB, '1 KiB'],
    [110_104_482, '110 MiB'],
    [1.94 * 1024 * MIB, '1.9 GiB'],
  ]);
});

describe('formatRatio', () => {
  table(formatRatio, [
    [0, '0.0 %'],
    [0.123, '12.3 %'],
    [0.99996, '99.9 %'],
    [1, '100.0 %'],
    [1.00004, '100.1 %'],
    [12.5, '1250.0 %'],
  ]);

  it('returns 100.0 % only for 1', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 10, noNaN: true }), (ratio) => {
        assert.equal(formatRatio(ratio) === '100.0 %', ratio === 1);
      }),
    );
  });
});
