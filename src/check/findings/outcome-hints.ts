import type { Finding } from '../../model/report.ts';
import { messageOf } from '../../polkadot/prepare-error.ts';
import type { Outcome } from '../../worker/host/outcome.ts';
import type { Figures } from '../../worker/probe/examined-worker.ts';
import { wasEndedByEstimate } from '../ended-by-estimate.ts';
import { displayOutcome, prepareErrorOf } from '../outcome-summary.ts';
import { adviceFor } from './prepare-error-hints.ts';

/** The outcome as a finding with a hint; nothing for success and for what a person did on purpose. */
export function outcomeFindings(outcome: Outcome, figures: Figures = 'measured'): Finding[] {
  if (outcome.kind === 'cancelled' || (outcome.kind === 'concluded' && 'prepared' in outcome)) return [];
  const estimate = wasEndedByEstimate(outcome, figures) ? ', by an estimate of what a native worker would need' : '';
  const message = `${displayOutcome(outcome)}${estimate}`;
  const severity = 'error';
  const error = prepareErrorOf(outcome);
  if (!error) return [{ id: outcome.kind, severity, message, ...hintOfOurs(outcome) }];
  const { id, hint } = adviceFor(error.tag, messageOf(error));
  return [{ id, severity, message, hint }];
}

function hintOfOurs(outcome: Outcome): { hint?: string } {
  switch (outcome.kind) {
    case 'not-spawned':
      return { hint: hintOfSpawn(outcome.cause) };
    case 'unsupported-worker':
      return {
        hint: 'Name another with --worker, or force its revision with --wire-revision. `pvf workers` lists what was found.',
      };
    case 'unreachable':
      return { hint: 'The worker went away before it took the job. Run again with --log debug.' };
    case 'stale-input':
      return { hint: 'Run again when the build has ended.' };
    default:
      return {};
  }
}

function hintOfSpawn(cause: Extract<Outcome, { kind: 'not-spawned' }>['cause']): string {
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
