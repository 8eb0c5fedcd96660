/**
 * Skips the test, or the whole suite when given a hook's context. The reporter shows the reason. Fails instead with
 * `CI=true`, because CI has everything that a test needs.
 */
export function skipBecause(context: Mocha.Context, reason: string): never {
  if (process.env['CI'] === 'true') throw new Error(reason);
  const runnable: Mocha.Runnable | undefined = context.test;
  const isHook = runnable !== undefined && 'type' in runnable && runnable.type === 'hook';
  Object.assign((isHook ? runnable.parent : runnable) ?? {}, { skipReason: reason });
  return context.skip();
}
