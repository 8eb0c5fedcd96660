/** `TimedOut` and `OutOfMemory`: the job reached a limit. */
import { paragraphs } from '../../../base/text.ts';
import type { FindingDetails, Rule } from '../rule.ts';
import { anyText, prepareErrorHint } from './prepare-error-hint.ts';

const tooLong = prepareErrorHint({
  id: 'preparation-timeout',
  place: 'construct-runtime',
  title: 'Preparation took longer than validators allow.',
  docs: paragraphs(`
    Pre-checking allows 60 s of CPU time unless the executor param \`PvfPrepTimeout\` says otherwise, and four times as
    much wall-clock time. Polkadot does not call the error deterministic, but a validator that gets it votes against the
    blob (polkadot PR 6492), and slower validators time out even earlier.

    Use fewer or smaller pallets, and split huge functions. Compare with a run on another machine: wall-clock time is
    longer on a busy one.

    The built-in worker estimates the CPU time and is slower than a validator's worker. When only its wall-clock time runs
    out, that says nothing about validators, so the vote is undecided.
  `),
  when: { TimedOut: anyText },
  message: 'Preparation did not finish in the time that validators allow.',
  hint: 'Slower validators time out even earlier. Use fewer or smaller pallets, and split huge functions. Compare with a run on another machine.',
});

const slowWorker: FindingDetails = {
  message: 'The built-in worker did not finish in time on this machine. This says nothing about the runtime.',
  hint: 'Run again when the machine is less busy. `pvf workers build` builds the official worker, which measures the time.',
};

export const resourceRules: readonly Rule<'outcome'>[] = [
  { ...tooLong, run: (context) => (context.endedBySlowWorker ? [slowWorker] : tooLong.run(context)) },
  prepareErrorHint({
    id: 'preparation-out-of-memory',
    place: 'construct-runtime',
    title: 'The compiler needed more memory than the limit.',
    docs: paragraphs(`
      The limit is the executor param \`PrecheckingMaxMemory\`. The worker ends when the sum of its allocations exceeds the
      limit. The error is deterministic: every validator gets it and votes against the blob.

      The largest functions need the most memory: split them. Raise the limit only to match the relay chain's value.
    `),
    when: { OutOfMemory: anyText },
    message: 'Validators would reject it: the compiler needs more memory than the limit.',
    hint: "The largest functions need the most: split them. Raise the limit only to match the relay chain's value.",
  }),
];
