import assert from 'node:assert/strict';
import { concat } from '../../../../src/base/bytes.ts';
import { costOf, withCosts } from '../../../../src/runtime/costs/cost-of-function.ts';
import { summarizeCosts } from '../../../../src/runtime/costs/summarize-costs.ts';
import { openSymbols } from '../../../../src/runtime/symbols/symbols.ts';
import type { FunctionCosts } from '../../../../src/wasm/function-costs.ts';
import { readModule } from '../../../../src/wasm/module.ts';
import { leb128, list, name, section, sized, wasmModule } from '../../../../src/wasm/writer.ts';

/** Imports one function and a memory, and defines functions with bodies of 2, 3 and 4 bytes. */
const raw = wasmModule(
  section(1, list(Uint8Array.of(0x60, 0, 0))),
  section(
    2,
    list(
      concat(name('env'), name('memory'), Uint8Array.of(2, 0, 1)),
      concat(name('env'), name('f'), Uint8Array.of(0, 0)),
    ),
  ),
  section(3, list(leb128(0), leb128(0), leb128(0))),
  section(10, list(...[0, 1, 2].map((nops) => sized(Uint8Array.of(0, ...Array<number>(nops).fill(1), 0x0b))))),
  section(
    0,
    name('name'),
    Uint8Array.of(1),
    sized(list(concat(leb128(2), name('_ZN6pallet4call17h0123456789abcdefE')))),
  ),
);

const costs: FunctionCosts = {
  imports: 1,
  micros: Float64Array.of(1000, 5000, 0),
  machineCodeBytes: Uint32Array.of(100, 300, 0),
  engineCpuMs: 9,
};

const symbols = await openSymbols();
const summarize = (change: Partial<FunctionCosts> = {}) =>
  summarizeCosts(raw, readModule(raw), symbols, { ...costs, ...change });

describe('summarizeCosts', () => {
  it('sums up, and names the costliest functions first', () => {
    assert.deepEqual(summarize(), {
      compileTimeMs: 6,
      engineCpuTimeMs: 9,
      machineCodeBytes: 400,
      measuredFunctions: 2,
      functions: [
        { name: 'pallet::call', index: 2, compileTimeMs: 5, machineCodeBytes: 300, bytes: 3 },
        { index: 1, compileTimeMs: 1, machineCodeBytes: 100, bytes: 2 },
      ],
    });
  });

  it('rejects the costs of another module', () => {
    assert.equal(summarize({ imports: 2 }), undefined);
    assert.equal(summarize({ micros: new Float64Array(2) }), undefined);
  });

  it('rejects a damaged module', () => {
    const damaged = raw.slice(0, raw.indexOf(10, 60) + 3);
    assert.equal(summarizeCosts(damaged, readModule(damaged), symbols, costs), undefined);
  });
});

describe('withCosts', () => {
  it('adds costs by the index of the function, and none to what was not measured', () => {
    const items = [{ index: 0 }, { index: 2, name: 'b' }, { index: 3 }, { index: 9 }];
    assert.deepEqual(withCosts(items, costs), [
      { index: 0 },
      { index: 2, name: 'b', compileTimeMs: 5, machineCodeBytes: 300 },
      { index: 3 },
      { index: 9 },
    ]);
    assert.equal(costOf(costs, -1), undefined);
  });
});
