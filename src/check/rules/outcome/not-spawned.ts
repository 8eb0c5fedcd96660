import { paragraphs } from '../../../base/text.ts';
import type { Outcome } from '../../../worker/host/outcome.ts';
import type { Rule } from '../rule.ts';

export const notSpawned: Rule<'outcome'> = {
  id: 'not-spawned',
  about: 'outcome',
  severity: 'error',
  place: 'none',
  title: 'No prepare worker could be started.',
  docs: paragraphs(`
    There is no prepare worker on this machine, or the one that was found did not start, connect and shake hands. This
    says nothing about the runtime, so the vote is undecided. The message names the cause: no worker found, a folder
    that can't be written (polkadot-sdk issue 2827), a process that ended or that did not connect in time.

    \`pvf workers\` lists every place that was searched and what was there, \`pvf workers diagnose\` runs the worker's own
    tests of this machine, and \`pvf workers build\` builds the official worker.
  `),
  run: ({ outcome, message }) => (outcome.kind === 'not-spawned' ? [{ message, hint: hintFor(outcome.cause) }] : []),
};

function hintFor(cause: Extract<Outcome, { kind: 'not-spawned' }>['cause']): string {
  switch (cause) {
    case 'no-worker':
      return '`pvf workers build` builds the official worker; `pvf workers` tells where one was looked for.';
    case 'tmp-path':
    case 'bind':
      return 'Is the disk full, or the folder read-only? PVF_CACHE_DIR and TMPDIR name other places.';
    default:
      return '`pvf workers diagnose` tells what the worker can do on this machine.';
  }
}
