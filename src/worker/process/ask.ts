import { startGroup } from '../../base/child-process.ts';
import { DeadlineExceeded, withDeadline } from '../../base/deadline.ts';
import type { ExitGuard } from '../../base/exit-guard.ts';
import type { ProcessExit } from '../../base/process-exit.ts';
import type { Program } from './program.ts';

export type Answer =
  | { readonly kind: 'answered'; readonly exit: ProcessExit; readonly stdout: string; readonly stderr: string }
  | { readonly kind: 'no-answer'; readonly afterMs: number };

export interface AskOptions {
  readonly deadlineMs: number;
  readonly guard: ExitGuard;
  readonly signal: AbortSignal;
}

/** Characters of each stream. No honest answer to one of these options is longer. */
const OUTPUT_BOUND = 64 * 1024;

/**
 * Runs a worker with one option (`--version`, `--check-can-…`), which it answers by its output and exit status. It gets no
 * environment but the program's own. A worker that hangs is killed at the deadline. Rejects only with the signal's reason.
 */
export async function ask(
  { file, leadingArgs, env }: Program,
  args: readonly string[],
  { deadlineMs, guard, signal }: AskOptions,
): Promise<Answer> {
  const { child, closed, kill } = startGroup(file, [...leadingArgs, ...args], { env, stdout: 'pipe', guard });
  const text = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream]?.setEncoding('utf8').on('data', (chunk: string) => {
      text[stream] = (text[stream] + chunk).slice(0, OUTPUT_BOUND);
    });
  }
  try {
    const exit = await withDeadline(closed, deadlineMs, signal);
    return { kind: 'answered', exit, ...text };
  } catch (error) {
    if (error instanceof DeadlineExceeded) return { kind: 'no-answer', afterMs: deadlineMs };
    throw error;
  } finally {
    kill('SIGKILL');
  }
}
