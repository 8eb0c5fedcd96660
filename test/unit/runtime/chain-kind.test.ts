import assert from 'node:assert/strict';
import { isParachainRuntime } from '../../../src/runtime/chain-kind.ts';

describe('isParachainRuntime', () => {
  const cases: Readonly<Record<string, readonly [names: readonly string[], expected: boolean | undefined]>> = {
    'a parachain runtime': [['Core_version', 'CollectCollationInfo_collect_collation_info', 'validate_block'], true],
    'validate_block alone': [['validate_block'], true],
    'a parachain runtime without validate_block': [
      ['Core_version', 'CollectCollationInfo_collect_collation_info'],
      true,
    ],
    'a relay runtime': [['Core_version', 'ParachainHost_validators', 'BabeApi_configuration'], false],
    'a solo runtime': [['Core_version', 'AuraApi_slot_duration', 'GrandpaApi_grandpa_authorities'], false],
    'a solo runtime with manual seal': [['Core_version', 'Metadata_metadata'], false],
    'a module that is no runtime': [['main'], undefined],
    'a module without exports': [[], undefined],
  };
  for (const [title, [names, expected]] of Object.entries(cases)) {
    it(`${title}: ${expected ?? 'unknown'}`, () => {
      const exports = names.map((name, index) => ({ name, kind: 'function', index }) as const);
      assert.equal(isParachainRuntime(exports), expected);
    });
  }
});
