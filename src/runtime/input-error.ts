/**
 * Why a file can't be read as a runtime. Only `changed-while-reading` may succeed on a retry. `too-large` is about the
 * file, never about a relay chain's limits.
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

/** The user's input is wrong. Neither the runtime nor this program is at fault. */
export class InputError extends Error {
  override readonly name = 'InputError';

  /**
   * @param path the path as the user gave it
   * @param cause one clause without a full stop; the message is `<path>: <cause>.`
   * @param remedy what the user can do about it, in full sentences
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
