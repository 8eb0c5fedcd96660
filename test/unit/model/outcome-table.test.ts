import assert from 'node:assert/strict';
import { type OutcomeKind, outcomeKindNames, outcomeKinds } from '../../../src/model/outcome-table.ts';

const kindsWhere = (test: (kind: (typeof outcomeKinds)[OutcomeKind]) => boolean) =>
  outcomeKindNames.filter((name) => test(outcomeKinds[name]));

describe('the table of outcomes', () => {
  it('keeps the worker when Polkadot does (protocol, 5.3)', () => {
    assert.deepEqual(
      kindsWhere(({ workerFate }) => workerFate === 'kept'),
      ['concluded', 'create-tmp-file', 'rename-tmp-file'],
    );
  });

  it('allows caching only when the worker reported on the code', () => {
    assert.deepEqual(
      kindsWhere(({ cacheable }) => cacheable),
      ['concluded', 'out-of-memory'],
    );
  });

  it('allows no caching of outcomes that this machine caused', () => {
    assert.deepEqual(
      kindsWhere(({ fault, cacheable }) => fault === 'host' && cacheable),
      [],
    );
  });

  it('attributes outcomes without a worker to this machine', () => {
    assert.deepEqual(
      kindsWhere(({ ranInWorker, fault }) => !ranInWorker && fault !== 'host'),
      [],
    );
  });
});
