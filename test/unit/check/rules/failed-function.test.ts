import assert from 'node:assert/strict';
import { failedSymbol } from '../../../../src/check/failed-symbol.ts';
import { failedFunction } from '../../../../src/check/rules/prepare-errors/failed-function.ts';
import { findingsAboutOutcome } from '../../../../src/check/rules/run.ts';
import { outcomeOfError } from '../../../../src/worker/host/outcome.ts';

describe('the function in the text of an error', () => {
  const texts: Readonly<Record<string, ReturnType<typeof failedFunction>>> = {
    'failed to compile: wasm[0]::function[7]::_ZN1a1bE: WebAssembly translation error: Invalid input': {
      index: 7,
      symbol: '_ZN1a1bE',
    },
    'wasm[0]::function[12]::<a as b>::{{closure}}: Compilation error: Code for function is too large': {
      index: 12,
      symbol: '<a as b>::{{closure}}',
    },
    'failed to compile: wasm[0]::function[7]: WebAssembly translation error: Implementation limit': { index: 7 },
    'type mismatch in func 123 (at offset 4521)': { index: 123 },
    'func 5 failed to validate': { index: 5 },
    'unknown function 9: function index out of bounds (at offset 0x18)': undefined,
    'multiple tables (at offset 0x18)': undefined,
    'Code for function is too large': undefined,
  };
  for (const [text, expected] of Object.entries(texts)) {
    it(text, () => assert.deepEqual(failedFunction(text), expected));
  }
});

describe('a finding about a function', () => {
  const symbol = '_ZN8pallet_x4Call8dispatch17h0123456789abcdefE';
  const text = `Other("cannot precompile module: failed to compile: wasm[0]::function[7]::${symbol}: Compilation error: Code for function is too large")`;
  const outcome = outcomeOfError({ tag: 'Preparation', value: text }, 60_000);

  it('names it without mangling', async () => {
    const [found] = findingsAboutOutcome(outcome, 'measured', {
      functions: 6,
      imports: [
        { module: 'env', name: 'f', kind: 'function' },
        { module: 'env', name: 'g', kind: 'function' },
      ],
      failedSymbol: await failedSymbol(outcome),
    });
    assert.match(found?.message ?? '', /The error is in `pallet_x::Call::dispatch` \(function 7\)\.$/);
    assert.deepEqual(found?.data, { function: 7, functionName: 'pallet_x::Call::dispatch' });
  });

  it('does not name a function that the worker added', () => {
    const [found] = findingsAboutOutcome(outcome, 'measured', { functions: 7, imports: [] });
    assert.equal(found?.id, 'function-too-large');
    assert.doesNotMatch(found?.message ?? '', /function 7/);
  });
});
