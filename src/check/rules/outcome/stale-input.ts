import { paragraphs } from '../../../base/text.ts';
import type { Rule } from '../rule.ts';

export const staleInput: Rule<'outcome'> = {
  id: 'stale-input',
  about: 'outcome',
  severity: 'error',
  place: 'none',
  title: 'The file changed while it was prepared.',
  docs: paragraphs(`
    The worker prepared bytes that are no longer on disk, so a verdict would be misleading. The vote is undecided. The
    usual cause is a build that is still running.

    Run again when the build has finished.
  `),
  run: ({ outcome, message }) =>
    outcome?.kind === 'stale-input' ? [{ message, hint: 'Run again when the build has finished.' }] : [],
};
