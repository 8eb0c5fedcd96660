/** `TimedOut` and `OutOfMemory`: the job reached a limit. */
import { paragraphs } from '../../../base/text.ts';
import type { Rule } from '../rule.ts';
import { anyText, prepareErrorHint } from './prepare-error-hint.ts';

export const resourceRules: readonly Rule<'outcome'>[] = [
  prepareErrorHint({
    id: 'preparation-timeout',
    place: 'construct-runtime',
    title: 'Preparation took longer than validators grant.',
    docs: paragraphs(`
      Pre-checking grants 60 s of CPU time unless the executor param \`PvfPrepTimeout\` says otherwise, and four times as
      much time on the clock. Polkadot does not call the error deterministic, but a validator that gets it votes against
      (polkadot PR 6492), and slower validators give up even earlier.

      Fewer or lighter pallets help, and so does splitting huge functions. Compare with a run on another machine: a busy
      one may be slow on the clock.
    `),
    when: { TimedOut: anyText },
    hint: 'Slower validators give up even earlier. Fewer or lighter pallets help, so does splitting huge functions; compare with a run on another machine.',
  }),
  prepareErrorHint({
    id: 'preparation-out-of-memory',
    place: 'construct-runtime',
    title: 'The compiler needed more memory than the limit.',
    docs: paragraphs(`
      The limit is the executor param \`PrecheckingMaxMemory\`. The worker ends at the first allocation that lifts the sum
      of its allocations above the limit. The error is deterministic: every validator gets it, and votes against.

      The largest functions cost the most memory: split them. Raise the limit only to mirror the relay chain's own value.
    `),
    when: { OutOfMemory: anyText },
    hint: "The compiler needed more memory than the limit. The largest functions cost most: split them. Raise the limit only to mirror the relay chain's own value.",
  }),
];
