import { spawn } from 'node:child_process';
import { startGroup } from '../../base/child-process.ts';
import { withDeadline } from '../../base/deadline.ts';
import { type ExitGuard, signalGroup } from '../../base/exit-guard.ts';
import type { ProcessExit } from '../../base/process-exit.ts';

interface GroupCommand {
  readonly program: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly onStdout: (text: string) => void;
  readonly onStderr: (text: string) => void;
  readonly guard: ExitGuard;
  readonly signal: AbortSignal;
}

/** Time between TERM and KILL. */
const GRACE_MS = 3000;

/** A daemon of the command, such as a compiler cache, may hold the pipes open forever. */
const PIPES_MS = 2000;

/**
 * Runs a command in a process group of its own, with an empty stdin. When the signal is aborted, the whole group gets TERM,
 * then KILL. Resolves when the command has ended and its group is gone.
 */
export async function runGroup(command: GroupCommand): Promise<ProcessExit> {
  const { program, args, cwd, env, guard, signal } = command;
  const { child, exited, closed, kill } = startGroup(program, args, { cwd, env, stdout: 'pipe', guard });
  const { pid, stdout, stderr } = child;
  stdout?.setEncoding('utf8').on('data', command.onStdout);
  stderr?.setEncoding('utf8').on('data', command.onStderr);
  if (pid === undefined) return exited;

  let timer: NodeJS.Timeout | undefined;
  const stop = () => {
    if (process.platform === 'win32') return endTree(pid);
    kill('SIGTERM');
    timer = setTimeout(() => kill('SIGKILL'), GRACE_MS);
  };
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  try {
    return await exited;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', stop);
    await withDeadline(closed, PIPES_MS).catch(() => {});
    stdout?.destroy();
    stderr?.destroy();
  }
}

/** Windows has no process groups. taskkill ends a process and its descendants. */
function endTree(pid: number): void {
  const taskkill = spawn('taskkill', ['/pid', String(pid), '/t', '/f'], { stdio: 'ignore', windowsHide: true });
  taskkill.once('error', () => signalGroup(pid, 'SIGKILL'));
}
