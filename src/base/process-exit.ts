import type { ChildProcess } from 'node:child_process';

/** How a process ended. */
export type ProcessExit =
  | { readonly kind: 'exited'; readonly code: number }
  | { readonly kind: 'killed'; readonly signal: NodeJS.Signals }
  | { readonly kind: 'not-started'; readonly error: NodeJS.ErrnoException };

/** @param event `exit`, or `close` to wait for the end of the output too */
export function exitOf(child: ChildProcess, event: 'exit' | 'close'): Promise<ProcessExit> {
  return new Promise((resolve) => {
    child.once('error', (error: NodeJS.ErrnoException) => resolve({ kind: 'not-started', error }));
    child.once(event, (code: number | null, signal: NodeJS.Signals | null) => {
      resolve(signal === null ? { kind: 'exited', code: code ?? 0 } : { kind: 'killed', signal });
    });
  });
}

export function describeExit(exit: ProcessExit): string {
  switch (exit.kind) {
    case 'exited':
      return `exited with status ${exit.code}`;
    case 'killed':
      return `was killed by ${exit.signal}`;
    case 'not-started':
      return `could not be started: ${exit.error.message}`;
  }
}
