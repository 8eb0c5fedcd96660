import assert from 'node:assert/strict';
import { findingsAboutBlob } from '../../../../src/check/rules/run.ts';
import type { RuntimeFacts } from '../../../../src/runtime/inspect.ts';
import { goodFacts } from './cases.ts';

/** Members to change, and the findings that there are then. */
const cases: Readonly<Record<string, readonly [change: Partial<RuntimeFacts>, ids: readonly string[]]>> = {
  'a strongly compressed runtime': [{}, []],
  'a compressed one whose level is not known': [{ compression: { kind: 'zstd' } }, []],
  'a weakly compressed one': [{ compression: { kind: 'zstd', level: 3, windowLog: 21 } }, ['weakly-compressed']],
  'one that is not compressed': [{ compression: { kind: 'none' } }, ['not-compressed']],
  'a module without validate_block': [
    { exportList: [{ name: 'Core_version', kind: 'function', index: 0 }] },
    ['no-validate-block'],
  ],
  'a module without any export': [{ exportList: [] }, ['no-validate-block']],
  'both at once': [{ compression: { kind: 'none' }, exportList: [] }, ['not-compressed', 'no-validate-block']],
  'a damaged module, whose exports may be lost': [
    { exportList: [], problem: { kind: 'damaged-module', reason: 'cut short', at: 12 } },
    [],
  ],
};

describe('findings about a blob', () => {
  for (const [name, [change, ids]] of Object.entries(cases)) {
    it(name, () => {
      const findings = findingsAboutBlob({ facts: { ...goodFacts, ...change } });
      assert.deepEqual(
        findings.map(({ id }) => id),
        ids,
      );
      for (const { hint } of findings) assert.match(hint ?? '', /[.?]$/);
    });
  }

  it('are none for a file that is no module', () => {
    const unknown: RuntimeFacts = {
      storedBytes: 20,
      rawBytes: 20,
      compression: { kind: 'none' },
      problem: { kind: 'not-wasm', is: 'unknown' },
    };
    assert.deepEqual(findingsAboutBlob({ facts: unknown }), []);
  });
});
