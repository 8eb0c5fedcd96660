/** `JobError` and `JobDied`: the process that compiles failed or ended. */
import { paragraphs } from '../../../base/text.ts';
import type { Rule } from '../rule.ts';
import { anyText, prepareErrorHint } from './prepare-error-hint.ts';

export const jobRules: readonly Rule<'outcome'>[] = [
  prepareErrorHint({
    id: 'job-error',
    place: 'manifest',
    title: 'The worker failed inside.',
    docs: paragraphs(`
      The worker panicked while it prepared the code, or its answer was cut short. Polkadot calls the error
      deterministic, so validators vote against, although the defect may be the worker's.

      Run again with \`--log debug\`, and report what the worker says to polkadot-sdk, with the blob.
    `),
    when: { JobError: anyText },
    hint: 'The worker failed inside. Run again with --log debug and report what it says to polkadot-sdk.',
  }),
  prepareErrorHint({
    id: 'job-killed',
    place: 'none',
    title: 'The system ended the job.',
    docs: paragraphs(`
      The process that compiles was ended by SIGKILL. In most cases the system's memory ran out and its OOM killer chose
      this process. This says nothing about the runtime, so the vote is undecided.

      Close other programs, give the container more memory, or use a larger machine.
    `),
    when: { JobDied: /received signal: SIGKILL/ },
    hint: 'The system ended the job, mostly because memory ran out on this machine. Close other programs, or use a machine with more memory.',
  }),
  prepareErrorHint({
    id: 'job-sandboxed',
    place: 'none',
    title: 'The sandbox ended the job.',
    docs: paragraphs(`
      The process that compiles made a system call that its seccomp filter does not allow (SIGSYS). This machine differs
      from what the worker was built for. This says nothing about the runtime, so the vote is undecided.

      \`pvf workers diagnose\` runs the worker's own tests of its sandbox.
    `),
    when: { JobDied: /received signal: SIGSYS/ },
    hint: 'The sandbox ended the job. This machine differs from what the worker expects: run `pvf workers diagnose`.',
  }),
  prepareErrorHint({
    id: 'job-crashed',
    place: 'manifest',
    title: 'The compiler crashed.',
    docs: paragraphs(`
      The process that compiles was ended by a signal such as SIGSEGV or SIGABRT. A compiler that crashes on a blob does so
      on validators too, and they vote against.

      Report the blob and the version of the worker to polkadot-sdk. Until it is mended, look for the function that the
      compiler can't take: a very large or deeply nested one is likely.
    `),
    when: { JobDied: anyText },
    hint: 'The compiler crashed. Please report the blob and the worker version to polkadot-sdk.',
  }),
];
