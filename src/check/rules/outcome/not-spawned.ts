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
    There is no prepare worker on this machine, or the worker did not start, connect and complete the handshake. This
    says nothing about the runtime, so the vote is undecided. The message names the cause: no worker, a folder that
    can't be written (polkadot-sdk issue 2827), a process that ended or did not connect in time.

    \`pvf workers\` lists every place of the search and what was there. \`pvf workers diagnose\` runs the worker's own
    tests of this machine. \`pvf workers build\` builds the official worker.
  `),
  run: ({ outcome, message }) => (outcome?.kind === 'not-spawned' ? [{ message, hint: hintFor(outcome.cause) }] : []),
};

function hintFor(cause: Extract<Outcome, { kind: 'not-spawned' }>['cause']): string {
  switch (cause) {
    case 'no-worker':
      return 'Give --worker (or pvf.worker) the path of a polkadot-prepare-worker, or portable for the built-in worker. `pvf workers` lists the places of the search; `pvf workers build` builds the official worker.';
    case 'tmp-path':
    case 'bind':
      return 'The disk may be full, or the folder read-only. Set PVF_CACHE_DIR and TMPDIR to use other folders.';
    default:
      return '`pvf workers diagnose` shows what the worker can do on this machine.';
  }
}
