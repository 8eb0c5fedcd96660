/**
 * Skips the test, or with a hook's context its whole suite, and keeps the reason for the reporter. With `CI=true`, where
 * everything that a test may need is there, it fails instead.
 */
export function skipBecause(context: Mocha.Context, reason: string): never {
  if (process.env['CI'] === 'true') throw new Error(reason);
  const runnable: Mocha.Runnable | undefined = context.test;
  const isHook = runnable !== undefined && 'type' in runnable && runnable.type === 'hook';
  Object.assign((isHook ? runnable.parent : runnable) ?? {}, { skipReason: reason });
  return context.skip();
}
