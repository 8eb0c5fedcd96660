import { spawn } from 'node:child_process';
import { DeadlineExceeded, withDeadline } from '../../base/deadline.ts';
import { type ExitGuard, signalGroup } from '../../base/exit-guard.ts';
import { exitOf, type ProcessExit } from '../../base/process-exit.ts';
import type { Program } from './program.ts';

export type Answer =
  | { readonly kind: 'answered'; readonly exit: ProcessExit; readonly stdout: string; readonly stderr: string }
  | { readonly kind: 'no-answer'; readonly afterMs: number };

export interface AskOptions {
  readonly deadlineMs: number;
  readonly guard: ExitGuard;
  readonly signal: AbortSignal;
}

/** No honest answer to one of these words is longer. */
const OUTPUT_BOUND = 64 * 1024;

/**
 * Runs a worker for one word (`--version`, `--check-can-…`), which it answers by output and exit status, with no
 * environment but the program's own. A worker that hangs is ended at the deadline. Rejects with the signal's reason only.
 */
export async function ask(
  { file, leadingArgs, env }: Program,
  args: readonly string[],
  { deadlineMs, guard, signal }: AskOptions,
): Promise<Answer> {
  const child = spawn(file, [...leadingArgs, ...args], {
    env,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    windowsHide: true,
  });
  const release = child.pid === undefined ? () => {} : guard.group(child.pid);
  const text = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    text.stdout = (text.stdout + chunk).slice(0, OUTPUT_BOUND);
  });
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    text.stderr = (text.stderr + chunk).slice(0, OUTPUT_BOUND);
  });
  const ended = exitOf(child, 'close');
  try {
    const exit = await withDeadline(ended, deadlineMs, signal);
    return { kind: 'answered', exit, ...text };
  } catch (error) {
    if (error instanceof DeadlineExceeded) return { kind: 'no-answer', afterMs: deadlineMs };
    throw error;
  } finally {
    if (child.pid !== undefined) signalGroup(child.pid, 'SIGKILL');
    release();
  }
}
