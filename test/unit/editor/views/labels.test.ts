import assert from 'node:assert/strict';
import { reportNames, titleOf } from '../../../../src/editor/views/labels.ts';
import { accepted, hostile, inspected } from '../../../support/sample-reports.ts';
import { checked, runtime, withStored } from './samples.ts';

describe('titleOf', () => {
  it('is the crate, then the spec name and version', () => {
    assert.equal(titleOf(runtime, checked(accepted)), 'hydradx-runtime · hydradx v408');
  });

  it('is just the crate if the version is unknown', () => {
    assert.equal(titleOf(runtime, {}), 'hydradx-runtime');
    assert.equal(titleOf(runtime, checked(inspected)), 'hydradx-runtime');
  });

  it('does not repeat the name', () => {
    assert.equal(titleOf({ name: 'hydradx' }, checked(accepted)), 'hydradx v408');
  });

  it('removes control characters', () => assert.doesNotMatch(titleOf(runtime, checked(hostile)), /\p{Cc}/u));
});

describe('reportNames', () => {
  it('finds the runtime of the last report and of the previous one', () => {
    const previous = withStored(accepted, 1);
    const nameOf = reportNames([{ runtime, state: checked(accepted, previous) }]);
    assert.deepEqual([accepted, previous].map(nameOf), Array(2).fill('hydradx-runtime · hydradx v408'));
    assert.equal(nameOf(inspected), 'glutton_runtime.wasm');
  });
});
