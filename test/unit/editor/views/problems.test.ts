import assert from 'node:assert/strict';
import { ruleInfos } from '../../../../src/check/rules/index.ts';
import { problemsOf } from '../../../../src/editor/views/problems.ts';
import type { Report } from '../../../../src/model/report.ts';
import {
  accepted,
  hostile,
  inspected,
  overLimit,
  rejected,
  timedOut,
  undecided,
} from '../../../support/sample-reports.ts';
import { known, running, runtime } from './samples.ts';

const shortly = (state: Parameters<typeof problemsOf>[1]) =>
  problemsOf(runtime, state, ruleInfos).map(({ findingId, severity, place }) => [findingId, severity, place]);

describe('the Problems view', () => {
  it('shows a rejection at the build script where the toolchain is to blame, and no notes', () => {
    assert.deepEqual(shortly(known(rejected)), [['opcode-sign-extension', 'error', 'build-script']]);
  });

  it('shows a warning of an accepted blob at the package', () => {
    assert.deepEqual(shortly(known(accepted)), [['near-limit-code-size', 'warning', 'manifest']]);
  });

  it('shows what is over a limit, and the wrong one of three files', () => {
    assert.deepEqual(shortly(known(overLimit)), [
      ['over-limit-code-size', 'error', 'manifest'],
      ['not-compressed', 'warning', 'build-script'],
    ]);
  });

  it('shows a missing validate_block at its macro, also when no worker was asked', () => {
    assert.deepEqual(shortly(known(inspected)), [
      ['not-compressed', 'warning', 'build-script'],
      ['no-validate-block', 'error', 'register-validate-block'],
    ]);
  });

  it('blames no runtime for what failed on our side', () => assert.deepEqual(shortly(known(undecided)), []));

  it('shows a time-out as a problem of the pallets only when it decides the vote', () => {
    assert.deepEqual(shortly(known(timedOut))[0], ['preparation-timeout', 'error', 'construct-runtime']);
    const undecidedTimeout: Report = { ...timedOut, verdict: undecided.verdict };
    assert.deepEqual(shortly(known(undecidedTimeout)), [['near-limit-code-size', 'warning', 'manifest']]);
  });

  it('shows a finding that no rule makes at the package, when the vote is decided', () => {
    assert.deepEqual(shortly(known(hostile)), [['odd', 'warning', 'manifest']]);
    assert.deepEqual(shortly(known({ ...hostile, verdict: undecided.verdict })), []);
  });

  it('keeps them while the next check runs, and drops those of an earlier build after that', () => {
    assert.equal(shortly(running({}, rejected)).length, 1);
    assert.deepEqual(shortly({ ...known(rejected), isCurrent: false }), []);
  });

  it("says what an error means before the worker's own words, and gives the blob along", () => {
    const [problem] = problemsOf(runtime, known(rejected), ruleInfos);
    assert.match(problem?.message ?? '', /^The code uses sign-extension.*\n.*UnknownOpcode\(192\)/);
    assert.equal(problem?.blobPath, runtime.blob.path);
  });
});
