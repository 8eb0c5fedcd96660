import assert from 'node:assert/strict';
import { formatText } from '../../../src/report/text.ts';
import { accepted } from '../../support/sample-reports.ts';

const one = { name: 'pallet_a::call', index: 5, compileTimeMs: 1500, machineCodeBytes: 2048, bytes: 300 };
const costs = {
  compileTimeMs: 6000,
  engineCpuTimeMs: 7000,
  machineCodeBytes: 4096,
  measuredFunctions: 1234,
  functions: [one, { index: 6, compileTimeMs: 9.5, machineCodeBytes: 10, bytes: 3 }],
};

const linesOf = (report: typeof accepted) =>
  formatText([report], { colour: false, verbose: false })
    .split('\n')
    .filter((line) => /Costliest|pallet_a|function \d/.test(line));

describe('the text report of a preparation with costs', () => {
  it('lists the costliest functions with time, share and machine code', () => {
    assert.deepEqual(linesOf({ ...accepted, costs }), [
      '  Costliest to prepare  1 234 functions, 6.00 s in this compiler, 4.0 KiB of machine code',
      '    1.50 s  25.0 %  2.0 KiB  pallet_a::call',
      '    9.5 ms   0.2 %     10 B  function 6',
    ]);
  });

  it('lists at most eight, each on a line', () => {
    const functions = Array.from({ length: 50 }, () => ({ ...one, name: 'pallet_a::'.repeat(30) }));
    const lines = linesOf({ ...accepted, costs: { ...costs, functions } });
    assert.equal(lines.length, 9);
    assert(lines.every((line) => line.length <= 100));
  });

  it('has no such block without costs', () => assert.deepEqual(linesOf(accepted), []));
});
