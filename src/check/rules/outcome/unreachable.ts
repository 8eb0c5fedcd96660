import { paragraphs } from '../../../base/text.ts';
import type { Rule } from '../rule.ts';

export const unreachable: Rule<'outcome'> = {
  id: 'unreachable',
  about: 'outcome',
  severity: 'error',
  place: 'none',
  title: 'The prepare worker went away before it took the job.',
  docs: paragraphs(`
    The request could not be written to the worker, even after another attempt with a new one: the process had ended.
    This says nothing about the runtime, so the vote is undecided. (\`Outcome::Unreachable\` of Polkadot's
    \`prepare/worker_interface.rs\`; Polkadot's host tries again without end.)

    Run again with \`--log debug\`, which shows what the worker printed before it ended.
  `),
  run: ({ outcome, message }) =>
    outcome.kind === 'unreachable'
      ? [{ message, hint: 'The worker went away before it took the job. Run again with --log debug.' }]
      : [],
};
