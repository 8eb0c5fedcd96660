/** `JobError` and `JobDied`: the compiling process failed or ended. */
import { paragraphs } from '../../../base/text.ts';
import type { Rule } from '../rule.ts';
import { anyText, prepareErrorHint } from './prepare-error-hint.ts';

export const jobRules: readonly Rule<'outcome'>[] = [
  prepareErrorHint({
    id: 'job-error',
    place: 'manifest',
    title: 'The worker had an internal error.',
    docs: paragraphs(`
      The worker panicked while it prepared the code, or its response was truncated. Polkadot calls the error
      deterministic, so validators vote against the blob, although the worker may be at fault.

      Run again with \`--log debug\`, and report the worker's output to polkadot-sdk, with the blob.
    `),
    when: { JobError: anyText },
    hint: 'The worker had an internal error. Run again with --log debug and report its output to polkadot-sdk.',
  }),
  prepareErrorHint({
    id: 'job-killed',
    place: 'none',
    title: 'The system killed the job.',
    docs: paragraphs(`
      SIGKILL ended the compiling process. Usually the system ran out of memory and its OOM killer chose this process.
      This says nothing about the runtime, so the vote is undecided.

      Close other programs, give the container more memory, or use a larger machine.
    `),
    when: { JobDied: /received signal: SIGKILL/ },
    hint: 'The system killed the job, usually because memory ran out on this machine. Close other programs, or use a machine with more memory.',
  }),
  prepareErrorHint({
    id: 'job-sandboxed',
    place: 'none',
    title: 'The sandbox ended the job.',
    docs: paragraphs(`
      The compiling process made a system call that its seccomp filter does not allow (SIGSYS). This machine differs from
      the one that the worker was built for. This says nothing about the runtime, so the vote is undecided.

      \`pvf workers diagnose\` runs the worker's own tests of its sandbox.
    `),
    when: { JobDied: /received signal: SIGSYS/ },
    hint: 'The sandbox ended the job. This machine differs from what the worker expects. Run `pvf workers diagnose`.',
  }),
  prepareErrorHint({
    id: 'job-crashed',
    place: 'manifest',
    title: 'The compiler crashed.',
    docs: paragraphs(`
      A signal such as SIGSEGV or SIGABRT ended the compiling process. A compiler that crashes on a blob crashes on
      validators too, and they vote against the blob.

      Report the blob and the version of the worker to polkadot-sdk. Until the compiler is fixed, look for the function
      that crashes it, probably a very large or deeply nested one.
    `),
    when: { JobDied: anyText },
    hint: 'The compiler crashed. Please report the blob and the worker version to polkadot-sdk.',
  }),
];
