/**
 * Why a file can't be taken as a runtime. `changed-while-reading` is the only one that may go away by itself;
 * `too-large` is about the file, never about a relay chain's limits.
 */
export type InputErrorCode =
  | 'missing'
  | 'directory'
  | 'not-a-file'
  | 'unreadable'
  | 'empty'
  | 'too-large'
  | 'bad-hex'
  | 'bad-chain-spec'
  | 'no-code'
  | 'changed-while-reading'
  | 'unknown-substitute';

/** The person's input is at fault, not the runtime and not this program. */
export class InputError extends Error {
  override readonly name = 'InputError';

  /**
   * @param path the path as the person gave it
   * @param cause one clause without a full stop; the message is `<path>: <cause>.`
   * @param remedy what the person can do about it: whole sentences
   */
  constructor(
    readonly code: InputErrorCode,
    readonly path: string,
    cause: string,
    readonly remedy: string,
  ) {
    super(`${path}: ${cause}.`);
  }
}
