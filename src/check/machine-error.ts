/** This machine failed. That says nothing about any runtime. */
export class MachineError extends Error {
  override readonly name = 'MachineError';

  /**
   * @param message one clause without a full stop
   * @param remedy what the user can do about it: a whole sentence
   */
  constructor(
    message: string,
    readonly remedy: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
