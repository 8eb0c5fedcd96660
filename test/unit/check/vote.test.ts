import assert from 'node:assert/strict';
import { voteOf } from '../../../src/check/vote.ts';
import type { OutcomeKind } from '../../../src/model/outcome-table.ts';
import type { Vote } from '../../../src/model/report.ts';
import type { PrepareError } from '../../../src/polkadot/prepare-error.ts';
import type { Outcome } from '../../../src/worker/host/outcome.ts';
import { outcomes, prepareErrors } from './outcomes.ts';

interface Expected {
  readonly vote: Vote;
  /** Why this vote is right. Part of the test's title. */
  readonly because: string;
  /** Absent: the finding about the outcome has the reason. */
  readonly reason?: RegExp;
}

const ofOutcomes: Readonly<Record<OutcomeKind, Expected>> = {
  concluded: { vote: 'accept', because: 'there is an artifact' },
  'timed-out': { vote: 'reject', because: 'a validator times out too', reason: /60 s of CPU time/ },
  'out-of-memory': { vote: 'reject', because: 'the limit is the same for all' },
  'job-died': { vote: 'undecided', because: 'this machine killed it', reason: /pid 42 died: received signal: SIGKILL/ },
  unreachable: { vote: 'undecided', because: 'the worker never saw the job', reason: /write EPIPE\.$/ },
  'create-tmp-file': { vote: 'undecided', because: 'the disk is at fault', reason: /error creating tmp file: EACCES/ },
  'rename-tmp-file': { vote: 'undecided', because: 'the disk is at fault', reason: /error renaming tmp file .*EXDEV/ },
  'clear-worker-dir': {
    vote: 'undecided',
    because: 'the disk is at fault',
    reason: /error clearing worker cache: EPERM/,
  },
  'io-error': { vote: 'undecided', because: 'the worker went away', reason: /early eof\.$/ },
  'not-spawned': { vote: 'undecided', because: 'no worker ran', reason: /did not connect within 10000 ms\.$/ },
  'unsupported-worker': { vote: 'undecided', because: 'the response is not understood', reason: /wire revisions\.$/ },
  cancelled: { vote: 'undecided', because: 'the user cancelled it', reason: /cancelled by caller\.$/ },
  'stale-input': { vote: 'undecided', because: 'other bytes are on disk', reason: /changed while it was prepared\.$/ },
};

const ofErrors: Readonly<Record<PrepareError['tag'], Expected>> = {
  Prevalidation: { vote: 'reject', because: 'it is deterministic' },
  Preparation: { vote: 'reject', because: 'it is deterministic' },
  RuntimeConstruction: { vote: 'reject', because: 'validators vote against it' },
  JobError: { vote: 'reject', because: 'it is deterministic' },
  TimedOut: { vote: 'reject', because: 'a validator times out too' },
  OutOfMemory: { vote: 'reject', because: 'it is deterministic' },
  CouldNotDecompressCodeBlob: { vote: 'reject', because: 'it is deterministic' },
  IoErr: { vote: 'undecided', because: 'the disk is at fault', reason: /Permission denied/ },
  CreateTmpFile: { vote: 'undecided', because: 'the disk is at fault', reason: /Permission denied/ },
  RenameTmpFile: { vote: 'undecided', because: 'the disk is at fault', reason: /cross-device/ },
  ClearWorkerDir: { vote: 'undecided', because: 'the disk is at fault', reason: /not permitted/ },
  JobDied: { vote: 'undecided', because: 'this machine killed it', reason: /SIGKILL/ },
  Kernel: { vote: 'undecided', because: 'this kernel refused', reason: /EAGAIN/ },
};

function check(outcome: Outcome, { vote, reason }: Expected): void {
  const voted = voteOf(outcome);
  assert.equal(voted.vote, vote);
  if (reason === undefined) assert.equal(voted.reason, undefined);
  else assert.match(voted.reason ?? '', reason);
}

describe('voteOf', () => {
  for (const [kind, expected] of Object.entries(ofOutcomes) as [OutcomeKind, Expected][]) {
    it(`${expected.vote} for ${kind}: ${expected.because}`, () => check(outcomes[kind], expected));
  }

  for (const [tag, expected] of Object.entries(ofErrors) as [PrepareError['tag'], Expected][]) {
    it(`${expected.vote} for ${tag}: ${expected.because}`, () =>
      check({ kind: 'concluded', error: prepareErrors[tag] }, expected));
  }

  for (const signal of ['SIGSEGV', 'SIGABRT', 'SIGBUS', 'SIGILL', 'SIGFPE']) {
    it(`reject for ${signal}: the compiler crashes on validators too`, () => {
      const outcome: Outcome = { kind: 'job-died', message: `received signal: ${signal}`, jobPid: 7 };
      assert.equal(voteOf(outcome).vote, 'reject');
    });
  }

  for (const signal of ['SIGKILL', 'SIGSYS', 'SIGTERM', 'SIGXCPU']) {
    it(`undecided for ${signal}: it comes from this machine`, () => {
      const outcome: Outcome = { kind: 'job-died', message: `received signal: ${signal}`, jobPid: 7 };
      assert.equal(voteOf(outcome).vote, 'undecided');
    });
  }

  it('names the clock that ran out', () => {
    const wall: Outcome = { kind: 'timed-out', clock: 'wall', limitMs: 240_000 };
    const cpu: Outcome = { kind: 'timed-out', clock: 'cpu', limitMs: 1500 };
    assert.match(voteOf(wall).reason ?? '', /240 s of wall-clock time/);
    assert.match(voteOf(cpu).reason ?? '', /1\.50 s of CPU time/);
  });

  it('adds no second full stop', () => {
    assert.equal(voteOf({ kind: 'unreachable', message: ' it went away. ' }).reason, 'it went away.');
    assert.equal(voteOf({ kind: 'unreachable', message: 'really?' }).reason, 'really?');
  });
});
