import { paragraphs } from '../../../base/text.ts';
import type { Rule } from '../rule.ts';

export const unreachable: Rule<'outcome'> = {
  id: 'unreachable',
  about: 'outcome',
  severity: 'error',
  place: 'none',
  title: 'The prepare worker ended before it took the job.',
  docs: paragraphs(`
    The request could not be written to the worker, because its process had ended. A second attempt with a new worker
    failed too. This says nothing about the runtime, so the vote is undecided. (\`Outcome::Unreachable\` of Polkadot's
    \`prepare/worker_interface.rs\`. Polkadot's host tries again without end.)

    Run again with \`--log debug\`, which shows what the worker printed before it ended.
  `),
  run: ({ outcome, message }) =>
    outcome?.kind === 'unreachable'
      ? [
          {
            message,
            hint: 'The worker ended before it took the job. Run again with --log debug to see what it printed.',
          },
        ]
      : [],
};
