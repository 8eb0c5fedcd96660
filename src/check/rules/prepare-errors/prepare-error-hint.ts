import type { RuleInfo } from '../../../model/rule-info.ts';
import type { PrepareError } from '../../../polkadot/prepare-error.ts';
import type { Rule } from '../rule.ts';

/** Explains an error of Polkadot's host. The first hint that matches is used, so specific hints come first. */
export interface PrepareErrorHint extends Pick<RuleInfo, 'id' | 'place' | 'title' | 'docs'> {
  /** The errors that it explains, each with a pattern for the text inside the error (see `messageOf`). */
  readonly when: Readonly<Partial<Record<PrepareError['tag'], RegExp>>>;
  /** A few short sentences: the cause, and what to do. */
  readonly hint: string;
}

/** For the last hint of an error, and for errors without a text. */
export const anyText = /^/;

export function prepareErrorHint({ when, hint, ...info }: PrepareErrorHint): Rule<'outcome'> {
  return {
    ...info,
    about: 'outcome',
    severity: 'error',
    run: ({ error, message }) => (error && when[error.tag]?.test(error.text) ? [{ message, hint }] : []),
  };
}
