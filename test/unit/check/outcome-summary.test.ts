import assert from 'node:assert/strict';
import { displayOutcome, prepareErrorOf, summarizeOutcome } from '../../../src/check/outcome-summary.ts';
import type { OutcomeKind } from '../../../src/model/outcome-table.ts';
import type { PrepareError } from '../../../src/polkadot/prepare-error.ts';
import { outcomeList, outcomes, prepareErrors } from './outcomes.ts';

/** The error that Polkadot's host reports to its queue for each of its outcomes (protocol, 5.3). */
const ofPolkadot: Partial<Record<OutcomeKind, PrepareError['tag']>> = {
  'create-tmp-file': 'CreateTmpFile',
  'rename-tmp-file': 'RenameTmpFile',
  'clear-worker-dir': 'ClearWorkerDir',
  'timed-out': 'TimedOut',
  'io-error': 'IoErr',
  'out-of-memory': 'OutOfMemory',
  'job-died': 'JobDied',
};

/** `PrepareError::is_deterministic` (protocol, 4.2). */
const deterministic: readonly PrepareError['tag'][] = [
  'Prevalidation',
  'Preparation',
  'JobError',
  'OutOfMemory',
  'CouldNotDecompressCodeBlob',
];

describe('summarizeOutcome', () => {
  it('has the error that Polkadot reports, or none', () => {
    for (const outcome of outcomeList) {
      assert.equal(prepareErrorOf(outcome)?.tag, ofPolkadot[outcome.kind], outcome.kind);
    }
  });

  it('keeps the kind, and has an error except for success', () => {
    for (const outcome of outcomeList) {
      const { kind, error } = summarizeOutcome(outcome);
      assert.equal(kind, outcome.kind);
      assert.equal(error === undefined, outcome.kind === 'concluded', outcome.kind);
    }
    assert.deepEqual(summarizeOutcome(outcomes.concluded), { kind: 'concluded' });
  });

  for (const [tag, error] of Object.entries(prepareErrors)) {
    it(`has the variant, text and determinism of ${tag}`, () => {
      const summary = summarizeOutcome({ kind: 'concluded', error });
      assert.equal(summary.kind, 'concluded');
      assert.equal(summary.error?.variant, tag);
      assert.equal(typeof summary.error?.message, 'string');
      assert.equal(summary.error?.deterministic, deterministic.includes(error.tag));
    });
  }

  it('never calls causes of this tool deterministic', () => {
    assert.deepEqual(summarizeOutcome(outcomes['not-spawned']).error, {
      variant: 'accept-timeout',
      message: 'w did not connect within 10000 ms',
      deterministic: false,
    });
    const ours: OutcomeKind[] = ['unreachable', 'unsupported-worker', 'cancelled', 'stale-input'];
    for (const kind of ours) {
      const { error } = summarizeOutcome(outcomes[kind]);
      assert.equal(error?.variant, kind);
      assert.equal(error?.deterministic, false);
    }
  });

  it('is displayed in the words of Polkadot if there are any', () => {
    assert.equal(displayOutcome(outcomes['io-error']), 'prepare: io error while receiving response: early eof');
    assert.equal(
      displayOutcome(outcomes['rename-tmp-file']),
      'prepare: error renaming tmp file (Some("/w/tmp-artifact") -> None): EXDEV: cross-device link',
    );
    assert.equal(displayOutcome(outcomes.unreachable), 'write EPIPE');
    assert.equal(displayOutcome(outcomes.cancelled), 'cancelled by caller');
  });
});
