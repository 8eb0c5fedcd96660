import assert from 'node:assert/strict';
import { ruleInfos } from '../../../../src/check/rules/index.ts';
import { findingActions } from '../../../../src/editor/views/finding-actions.ts';
import { findRule } from '../../../../src/editor/views/findings.ts';
import type { Finding } from '../../../../src/model/report.ts';
import { english, runtime } from './samples.ts';

const actionsOf = (id: string, severity: Finding['severity'], data: Finding['data'] = {}) =>
  findingActions({ id, severity, data }, findRule(ruleInfos, id), runtime, english).map(({ command, argument }) => [
    command,
    argument,
  ]);

describe('findingActions', () => {
  const { id: runtimeId } = runtime;

  it('explains every finding', () => {
    assert.deepEqual(actionsOf('not-compressed', 'warning'), [['pvf.explain', 'not-compressed']]);
    assert.deepEqual(actionsOf('made-by-another-version', 'error'), [['pvf.explain', 'made-by-another-version']]);
  });

  it('allows an error of the blob, but no limit and no reason of a vote', () => {
    const findingId = 'no-validate-block';
    assert.deepEqual(actionsOf(findingId, 'error').slice(1), [['pvf.allow', { findingId, runtimeId }]]);
    assert.equal(actionsOf('over-limit-code-size', 'error').length, 1);
    assert.equal(actionsOf('preparation-timeout', 'error').length, 1);
  });

  it('opens the source of a function or a crate that the finding names', () => {
    const symbol = 'pallet_x::pallet::Pallet<T>::do_thing';
    assert.deepEqual(actionsOf('opcode-sign-extension', 'error', { function: symbol }).slice(1), [
      ['pvf.openSource', { symbol, runtimeId }],
    ]);
    const [, ofCrate] = actionsOf('opcode-sign-extension', 'error', { crate: 'pallet_x' });
    assert.deepEqual(ofCrate, ['pvf.openSource', { symbol: 'pallet_x', runtimeId }]);
  });
});
