/**
 * Skips the test, or the whole suite when given a hook's context. The reporter shows the reason. Fails instead with
 * `CI=true`, because CI has everything that a test needs.
 */
export function skipBecause(context: Mocha.Context, reason: string): never {
  if (process.env['CI'] === 'true') throw new Error(reason);
  markSkipped(context, { skipReason: reason });
  return context.skip();
}

/**
 * Like `skipBecause`, but also skips with `CI=true`: for a test that needs what CI can't make in its time. `npm test` counts
 * it apart.
 */
export function skipEvenInCi(context: Mocha.Context, reason: string): never {
  markSkipped(context, { skipReason: reason, mayBeSkippedInCi: true });
  return context.skip();
}

function markSkipped({ test }: Mocha.Context, marks: object): void {
  const isHook = test !== undefined && 'type' in test && test.type === 'hook';
  Object.assign((isHook ? test.parent : test) ?? {}, marks);
}
