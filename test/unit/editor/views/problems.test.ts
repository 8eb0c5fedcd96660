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
import { checked, running, runningWith, runtime } from './samples.ts';

const summaries = (state: Parameters<typeof problemsOf>[1]) =>
  problemsOf(runtime, state, ruleInfos).map(({ findingId, severity, place }) => [findingId, severity, place]);

describe('problemsOf', () => {
  it('places a rejection caused by the toolchain at the build script and leaves out notes', () => {
    assert.deepEqual(summaries(checked(rejected)), [['opcode-sign-extension', 'error', 'build-script']]);
  });

  it('places a warning about an accepted blob at the package', () => {
    assert.deepEqual(summaries(checked(accepted)), [['near-limit-code-size', 'warning', 'manifest']]);
  });

  it('shows an exceeded limit and an uncompressed blob', () => {
    assert.deepEqual(summaries(checked(overLimit)), [
      ['over-limit-code-size', 'error', 'manifest'],
      ['not-compressed', 'warning', 'build-script'],
    ]);
  });

  it('shows nothing for a runtime that is checked on request only', () => {
    const development = { ...runtime, build: { profile: 'debug', kind: 'development' } } as const;
    for (const one of [development, { ...runtime, isParachain: false }, { ...runtime, choice: 'excluded' as const }]) {
      assert.deepEqual(problemsOf(one, checked(rejected), ruleInfos), []);
      assert.equal(problemsOf({ ...one, choice: 'included' }, checked(rejected), ruleInfos).length, 1);
    }
  });

  it('places a missing validate_block at its macro, even if no worker ran', () => {
    assert.deepEqual(summaries(checked(inspected)), [
      ['not-compressed', 'warning', 'build-script'],
      ['no-validate-block', 'error', 'register-validate-block'],
    ]);
  });

  it('replaces the findings that an interim report covers, and keeps the others until the vote', () => {
    const old = { ...rejected, findings: [...rejected.findings, ...overLimit.findings] };
    assert.deepEqual(summaries(runningWith(inspected, old)), [
      ['not-compressed', 'warning', 'build-script'],
      ['no-validate-block', 'error', 'register-validate-block'],
      ['opcode-sign-extension', 'error', 'build-script'],
    ]);
    assert.deepEqual(summaries(runningWith(inspected)), summaries(checked(inspected)));
  });

  it('leaves out an error that the user allowed', () => {
    const findings = inspected.findings.map((finding) => ({ ...finding, allowed: true as const }));
    assert.deepEqual(summaries(checked({ ...inspected, findings })), []);
  });

  it('leaves out local failures', () => assert.deepEqual(summaries(checked(undecided)), []));

  it('places a time-out at the pallets only if it decides the vote', () => {
    assert.deepEqual(summaries(checked(timedOut))[0], ['preparation-timeout', 'error', 'construct-runtime']);
    const undecidedTimeout: Report = { ...timedOut, vote: undecided.vote };
    assert.deepEqual(summaries(checked(undecidedTimeout)), [['near-limit-code-size', 'warning', 'manifest']]);
  });

  it('places a finding without a rule at the package if the vote is decided', () => {
    assert.deepEqual(summaries(checked(hostile)), [['odd', 'warning', 'manifest']]);
    assert.deepEqual(summaries(checked({ ...hostile, vote: undecided.vote })), []);
  });

  for (const id of ['not-a-module', 'damaged-compression']) {
    it(`names no source line for a damaged file: ${id}`, () => {
      const finding = { id, severity: 'error', message: 'The file is damaged.' } as const;
      assert.deepEqual(summaries(checked({ ...rejected, findings: [finding] })), []);
    });
  }

  it('keeps problems during the next check but not those of an earlier build', () => {
    assert.equal(summaries(running({}, rejected)).length, 1);
    assert.deepEqual(summaries({ ...checked(rejected), isCurrent: false }), []);
  });

  it('shows the message of an error before its remedy and includes the blob', () => {
    const [problem] = problemsOf(runtime, checked(rejected), ruleInfos);
    assert.match(problem?.message ?? '', /sign-extension.*wasm32v1-none/s);
    assert.equal(problem?.blobPath, runtime.blob.path);
  });
});
