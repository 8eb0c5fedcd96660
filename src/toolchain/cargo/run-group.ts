import { spawn } from 'node:child_process';
import { withDeadline } from '../../base/deadline.ts';
import { type ExitGuard, signalGroup } from '../../base/exit-guard.ts';
import { exitOf, type ProcessExit } from '../../base/process-exit.ts';

export interface GroupCommand {
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

/** A daemon that the command started (a compiler cache) may hold the pipes open for ever. */
const PIPES_MS = 2000;

/**
 * Runs a command with all that it starts in one process group, and nothing on its stdin. When the signal is aborted the
 * whole group gets TERM, then KILL. Resolves when the command has ended, and then nothing of its group is left.
 */
export async function runGroup(command: GroupCommand): Promise<ProcessExit> {
  const { program, args, cwd, env, guard, signal } = command;
  const child = spawn(program, args, {
    cwd,
    env,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    windowsHide: true,
  });
  child.stdout.setEncoding('utf8').on('data', command.onStdout);
  child.stderr.setEncoding('utf8').on('data', command.onStderr);
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const ended = exitOf(child, 'exit');
  const { pid } = child;
  if (pid === undefined) return ended;

  const release = guard.group(pid);
  let timer: NodeJS.Timeout | undefined;
  const stop = () => {
    if (process.platform === 'win32') return endTree(pid);
    signalGroup(pid, 'SIGTERM');
    timer = setTimeout(() => signalGroup(pid, 'SIGKILL'), GRACE_MS);
  };
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  try {
    return await ended;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', stop);
    // What outlived the command, or ignored TERM, goes too.
    signalGroup(pid, 'SIGKILL');
    await withDeadline(closed, PIPES_MS).catch(() => {});
    child.stdout.destroy();
    child.stderr.destroy();
    release();
  }
}

/** Windows has no process groups: its own program ends a process with all below it. */
function endTree(pid: number): void {
  const taskkill = spawn('taskkill', ['/pid', String(pid), '/t', '/f'], { stdio: 'ignore', windowsHide: true });
  taskkill.once('error', () => signalGroup(pid, 'SIGKILL'));
}
