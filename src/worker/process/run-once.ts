import { startGroup } from '../../base/child-process.ts';
import { DeadlineExceeded, withDeadline } from '../../base/deadline.ts';
import type { ExitGuard } from '../../base/exit-guard.ts';
import type { ProcessExit } from '../../base/process-exit.ts';
import type { Program } from './program.ts';

type RunResult =
  | { readonly kind: 'ended'; readonly exit: ProcessExit; readonly stdout: string; readonly stderr: string }
  | { readonly kind: 'timed-out'; readonly afterMs: number };

export interface RunOptions {
  readonly deadlineMs: number;
  readonly guard: ExitGuard;
  readonly signal: AbortSignal;
}

/** Characters of each stream. A worker's output for one of these options is far shorter. */
const MAX_OUTPUT = 64 * 1024;

/**
 * Runs a worker with an option such as `--version` or `--check-can-…`, and collects its output. The worker gets only the
 * environment of its program. Kills it at the deadline. Rejects only with the signal's reason.
 */
export async function runOnce(
  { file, leadingArgs, env }: Program,
  args: readonly string[],
  { deadlineMs, guard, signal }: RunOptions,
): Promise<RunResult> {
  const { child, closed, kill } = startGroup(file, [...leadingArgs, ...args], { env, stdout: 'pipe', guard });
  const text = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream]
      ?.on('error', () => {})
      .setEncoding('utf8')
      .on('data', (chunk: string) => {
        text[stream] = (text[stream] + chunk).slice(0, MAX_OUTPUT);
      });
  }
  try {
    const exit = await withDeadline(closed, deadlineMs, signal);
    return { kind: 'ended', exit, ...text };
  } catch (error) {
    if (error instanceof DeadlineExceeded) return { kind: 'timed-out', afterMs: deadlineMs };
    throw error;
  } finally {
    kill('SIGKILL');
  }
}
