import { capitalize } from '../base/text.ts';
import type { InputProblem, InputProblemId } from '../model/input-problem.ts';

/** What is wrong with an input, before the path is known. */
export interface InputFault {
  readonly id: InputProblemId;
  /** One clause without a full stop. */
  readonly cause: string;
  /** What the user can do about it, in full sentences. */
  readonly remedy: string;
}

/**
 * The user's input is wrong. Neither the runtime nor this program is at fault. Only `changed-while-reading` may succeed on
 * a retry. `too-large` is about the file, never about a relay chain's limits.
 */
export class InputError extends Error {
  override readonly name = 'InputError';
  readonly code: InputProblemId;
  readonly remedy: string;
  readonly problem: InputProblem;

  /** @param path the path as the user gave it. The error's message is `<path>: <cause>.` */
  constructor(
    readonly path: string,
    fault: InputFault,
  ) {
    const { id } = fault;
    const cause = withEscapes(fault.cause);
    const remedy = withEscapes(fault.remedy);
    super(`${path}: ${cause}.`);
    this.code = id;
    this.remedy = remedy;
    this.problem = { id, message: `${capitalize(cause)}.`, remedy };
  }
}

/** Causes quote the file, also in the words of `JSON.parse`. */
function withEscapes(text: string): string {
  return text.replace(/[\p{C}\u2028\u2029]/gu, (at) => `\\u{${at.codePointAt(0)?.toString(16)}}`);
}
