import assert from 'node:assert/strict';
import { rules } from '../../../../src/check/rules/index.ts';
import { runRules } from '../../../../src/check/rules/run.ts';
import type { RuntimeFacts } from '../../../../src/runtime/inspect.ts';
import { goodFacts } from './cases.ts';

/** Members to change, and the resulting findings. */
const cases: Readonly<Record<string, readonly [change: Partial<RuntimeFacts>, ids: readonly string[]]>> = {
  'a strongly compressed runtime': [{}, []],
  'a compressed runtime of unknown level': [{ compression: { kind: 'zstd' } }, []],
  'a weakly compressed runtime': [{ compression: { kind: 'zstd', level: 3, windowLog: 21 } }, ['weakly-compressed']],
  'an uncompressed runtime': [{ compression: { kind: 'none' } }, ['not-compressed']],
  'a module without validate_block': [
    { exportList: [{ name: 'Core_version', kind: 'function', index: 0 }] },
    ['no-validate-block'],
  ],
  'a module without any export': [{ exportList: [] }, ['no-validate-block']],
  'an uncompressed module without exports': [
    { compression: { kind: 'none' }, exportList: [] },
    ['not-compressed', 'no-validate-block'],
  ],
  'a damaged module, which may have lost its exports': [
    { exportList: [], problem: { kind: 'damaged-module', reason: 'cut short', at: 12 } },
    [],
  ],
};

describe('the rules about a blob', () => {
  for (const [name, [change, ids]] of Object.entries(cases)) {
    it(name, () => {
      const findings = runRules(rules.blob, { facts: { ...goodFacts, ...change }, runtime: {} });
      assert.deepEqual(
        findings.map(({ id }) => id),
        ids,
      );
      for (const { hint } of findings) assert.match(hint ?? '', /[.?]$/);
    });
  }

  it('find nothing in a file that is not a module', () => {
    const unknown: RuntimeFacts = {
      storedBytes: 20,
      rawBytes: 20,
      compression: { kind: 'none' },
      problem: { kind: 'not-wasm', is: 'unknown' },
    };
    assert.deepEqual(runRules(rules.blob, { facts: unknown, runtime: {} }), []);
  });
});
