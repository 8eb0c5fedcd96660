import assert from 'node:assert/strict';
import type { Sizes } from '../../../src/model/size-tree.ts';
import { formatMarkdown } from '../../../src/report/markdown.ts';
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
    .filter((line) => /Costliest|by crate|made for|pallet_a|function \d/.test(line));

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

  const measured = (name: string, bytes: number, compileTimeMs: number) => {
    const cost = { compileTimeMs, machineCodeBytes: bytes * 2 };
    return { crate: { kind: 'crate' as const, name, bytes, functions: 1, ...cost, children: [] }, cost };
  };
  const core = measured('core', 300, 1500);
  const palletA = measured('pallet_a', 100, 3000);
  const crates = [core.crate, palletA.crate];
  const code = { kind: 'section' as const, name: 'code', bytes: 400, functions: 2, children: crates };
  const sizes: Sizes = {
    ...{ totalBytes: 400, codeBytes: 400, attributedCodeBytes: 400, ownedCodeBytes: 100 },
    tree: { kind: 'file', name: 'file', bytes: 400, functions: 2, children: [code] },
    owners: [
      { kind: 'unattributed', name: 'unattributed', bytes: 300, functions: 1, ...core.cost },
      { kind: 'pallet', name: 'pallet_a', bytes: 100, functions: 1, ...palletA.cost },
      { kind: 'pallet', name: 'pallet_b', bytes: 0, functions: 1 },
    ],
  };

  it('sums up by crate and by pallet, the costliest first', () => {
    assert.deepEqual(linesOf({ ...accepted, costs, sizes }).slice(1, 3), [
      '    by crate: pallet_a 50.0 %, core 25.0 %',
      '    made for: pallet_a 50.0 %',
    ]);
    const text = formatMarkdown([{ ...accepted, costs, sizes }]);
    assert.match(text, /<summary>Costliest to prepare<\/summary>/);
    assert.match(text, /\| 3\.00 s \| 50\.0 % \| 200 B \| `pallet_a` \|\n\| 1\.50 s \| 25\.0 % \| 600 B \| `core` \|/);
    assert.match(text, /\| 9\.5 ms \| 0\.2 % \| 10 B \| `function 6` \|/);
  });

  it('has no such block without costs', () => assert.deepEqual(linesOf(accepted), []));
});
