/** The user or the system requested this process to stop. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
  constructor(readonly by: NodeJS.Signals) {
    super(`interrupted by ${by}`);
  }
}

const signals: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'];

/** Turns the first signal into an abort. A second signal ends the process at once, through its exit handlers. */
export function onInterrupt(exitCode: number): { signal: AbortSignal } & Disposable {
  const controller = new AbortController();
  const handler = (by: NodeJS.Signals) => {
    if (controller.signal.aborted) process.exit(exitCode);
    controller.abort(new Interrupted(by));
  };
  for (const name of signals) process.on(name, handler);
  return {
    signal: controller.signal,
    [Symbol.dispose]: () => {
      for (const name of signals) process.off(name, handler);
    },
  };
}
