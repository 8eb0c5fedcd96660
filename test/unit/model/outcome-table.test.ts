import assert from 'node:assert/strict';
import { type OutcomeKind, outcomeKindNames, outcomeKinds } from '../../../src/model/outcome-table.ts';

const kindsWhere = (test: (kind: (typeof outcomeKinds)[OutcomeKind]) => boolean) =>
  outcomeKindNames.filter((name) => test(outcomeKinds[name]));

describe('the table of outcomes', () => {
  it('keeps the worker where Polkadot does (protocol, 5.3)', () => {
    assert.deepEqual(
      kindsWhere(({ workerFate }) => workerFate === 'kept'),
      ['concluded', 'create-tmp-file', 'rename-tmp-file'],
    );
  });

  it('lets a report be kept only where the worker gave an answer about the code', () => {
    assert.deepEqual(
      kindsWhere(({ cacheable }) => cacheable),
      ['concluded', 'out-of-memory'],
    );
  });

  it('keeps no outcome that this machine is to blame for', () => {
    assert.deepEqual(
      kindsWhere(({ fault, cacheable }) => fault === 'host' && cacheable),
      [],
    );
  });

  it('blames this machine where no worker ran', () => {
    assert.deepEqual(
      kindsWhere(({ ranInWorker, fault }) => !ranInWorker && fault !== 'host'),
      [],
    );
  });
});
