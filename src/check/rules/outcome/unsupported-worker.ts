import { paragraphs } from '../../../base/text.ts';
import type { Rule } from '../rule.ts';

export const unsupportedWorker: Rule<'outcome'> = {
  id: 'unsupported-worker',
  about: 'outcome',
  severity: 'error',
  place: 'none',
  title: 'The prepare worker speaks no known wire revision.',
  docs: paragraphs(`
    The messages between host and prepare worker have changed several times (polkadot-node-core-pvf-common 3.0 to 29.0),
    and they don't say which revision they are. The worker's version does not match a known revision, and its answers to
    a test job don't either. This says nothing about the runtime, so the vote is undecided.

    Use another worker (\`--worker\`), or name the revision if you know it (\`--wire-revision\`). \`pvf workers\` lists
    what was found.
  `),
  run: ({ outcome, message }) =>
    outcome.kind === 'unsupported-worker'
      ? [
          {
            message,
            hint: 'Name another with --worker, or force its revision with --wire-revision. `pvf workers` lists what was found.',
          },
        ]
      : [],
};
