import { paragraphs } from '../../../base/text.ts';
import type { Rule } from '../rule.ts';

export const unsupportedWorker: Rule<'outcome'> = {
  id: 'unsupported-worker',
  about: 'outcome',
  severity: 'error',
  place: 'none',
  title: 'The prepare worker uses no known wire revision.',
  docs: paragraphs(`
    The messages between host and prepare worker have changed several times (polkadot-node-core-pvf-common 3.0 to 29.0),
    and they don't state their revision. Neither the worker's version nor its responses to a test job match a known
    revision. This says nothing about the runtime, so the vote is undecided.

    Use another worker (\`--worker\`), or set the revision if you know it (\`--wire-revision\`). \`pvf workers\` lists the
    workers on this machine.
  `),
  run: ({ outcome, message }) =>
    outcome?.kind === 'unsupported-worker' ? [{ message, hint: hintFor(outcome.message) }] : [],
};

function hintFor(message: string): string {
  const places = '`pvf workers` lists the workers on this machine.';
  return / is not a prepare worker/.test(message)
    ? `Give --worker (or pvf.worker) the path of a polkadot-prepare-worker, or portable for the built-in worker. ${places}`
    : `Choose another worker with --worker, or force its revision with --wire-revision. ${places}`;
}
