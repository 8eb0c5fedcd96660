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
    message: 'Validators would reject it: the worker had an internal error while it prepared the code.',
    hint: 'Run again with --log debug and report the output to polkadot-sdk, with the blob.',
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
    message: 'The system killed the job, usually because memory ran out on this machine.',
    hint: 'Close other programs, or use a machine with more memory.',
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
    message: 'The sandbox ended the job: this machine differs from what the worker expects.',
    hint: "Run `pvf workers diagnose`, which runs the worker's own tests of its sandbox.",
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
    when: { JobDied: /received signal: SIG(?:SEGV|ABRT|BUS|ILL|FPE)/ },
    message: 'Validators would reject it: the compiler crashes on it.',
    hint: 'Please report the blob and the worker version to polkadot-sdk.',
  }),
  prepareErrorHint({
    id: 'job-ended',
    place: 'none',
    title: 'Something on this machine ended the job.',
    docs: paragraphs(`
      The compiling process was stopped or ended from outside, for example by SIGTERM at the end of a CI job, by Ctrl+C, or
      by a limit of CPU time or file size (\`ulimit\`). This says nothing about the runtime, so the vote is undecided.

      Run again. If a limit of the shell or of the container ended the job, raise it.
    `),
    when: { JobDied: anyText },
    message: 'Something on this machine ended the job before it was done.',
    hint: 'Run again. If a limit of the shell or of the container ended the job, raise it.',
  }),
];
