import { paragraphs } from '../../../base/text.ts';
import type { Rule } from '../rule.ts';

export const staleInput: Rule<'outcome'> = {
  id: 'stale-input',
  about: 'outcome',
  severity: 'error',
  place: 'none',
  title: 'The file changed while it was prepared.',
  docs: paragraphs(`
    The bytes that the worker prepared are no longer those on disk, so a verdict about them would be taken for one about
    the new file. The vote is undecided. In most cases a build is still writing.

    Run again when the build has ended.
  `),
  run: ({ outcome, message }) =>
    outcome.kind === 'stale-input' ? [{ message, hint: 'Run again when the build has ended.' }] : [],
};
