import type { RuleInfo } from '../../../model/rule-info.ts';
import type { PrepareError } from '../../../polkadot/prepare-error.ts';
import type { FindingDetails, Rule } from '../rule.ts';
import { type FailedFunction, functionData, functionSentence } from './failed-function.ts';

/** Explains an error of Polkadot's host. The first hint that matches is used, so specific hints come first. */
export interface PrepareErrorHint extends Pick<RuleInfo, 'id' | 'place' | 'title' | 'docs'> {
  /** The errors that it explains, each with a pattern for the text inside the error (see `messageOf`). */
  readonly when: ErrorPatterns;
  /** What happened, in one plain sentence. The outcome has Polkadot's own text. */
  readonly message: string;
  /** What to do, in a few short sentences. */
  readonly hint: string;
}

export type ErrorPatterns = Readonly<Partial<Record<PrepareError['tag'], RegExp>>>;

/** For the last hint of an error, and for errors without a text. */
export const anyText = /^/;

export function prepareErrorHint({ when, message, hint, ...info }: PrepareErrorHint): Rule<'outcome'> {
  return {
    ...info,
    about: 'outcome',
    severity: 'error',
    run: ({ error, endedByEstimate, failedFunction }) => {
      if (!error || !when[error.tag]?.test(error.text)) return [];
      const whole = endedByEstimate ? estimated(message) : message;
      return [withFunction({ message: whole, hint }, failedFunction)];
    },
  };
}

/**
 * Matches errors of parity-wasm, such as `Other("cannot deserialize module: UnknownOpcode(192)")`.
 * @param variants patterns for the variants
 */
export function parserError(...variants: readonly string[]): RegExp {
  return new RegExp(`^Other\\("cannot deserialize module: (?:${variants.join('|')})`);
}

/**
 * Matches errors of wasmtime's validation and compilation, whose text may contain the name of a function.
 * @param messages patterns for what follows the place
 */
export function compilerError(...messages: readonly string[]): RegExp {
  const place =
    'failed to parse WebAssembly module: |failed to compile: wasm\\[\\d+\\]::.*?(?:WebAssembly translation error: (?:Invalid input WebAssembly code at offset \\d+: )?|Compilation error: )';
  return new RegExp(`^Other\\("cannot precompile module: (?:${place})(?:${messages.join('|')})`, 's');
}

/** Adds the function that the error is about. */
export function withFunction(details: FindingDetails, failed: FailedFunction | undefined): FindingDetails {
  if (failed === undefined) return details;
  return { ...details, message: `${details.message} ${functionSentence(failed)}`, data: functionData(failed) };
}

function estimated(message: string): string {
  return message.replace(/\.$/, ', as estimated for a native worker.');
}
