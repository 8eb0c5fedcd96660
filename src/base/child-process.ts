import { type ChildProcess, spawn } from 'node:child_process';
import { type ExitGuard, signalGroup } from './exit-guard.ts';
import { exitOf, type ProcessExit } from './process-exit.ts';

interface GroupOptions {
  readonly cwd?: string;
  /** The whole environment of the program. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdout: 'pipe' | 'ignore';
  /** Opens a channel for messages, as threads have them. */
  readonly channel?: boolean;
  readonly guard: ExitGuard;
}

/** A program in its own process group. */
export interface ProcessGroup {
  readonly child: ChildProcess;
  /** Resolves when the program has exited or failed to start, after killing the rest of its group. */
  readonly exited: Promise<ProcessExit>;
  /** Like `exited`, but also waits for the end of the program's output. */
  readonly closed: Promise<ProcessExit>;
  /** Sends a signal to the whole group. Does nothing when the group is gone. */
  kill(signal: NodeJS.Signals): void;
}

/**
 * Starts a program in its own process group, without stdin. The group is needed because children may outlive their
 * parent: a worker's job, cargo's compilers. The guard kills the group if this process exits first.
 */
export function startGroup(program: string, args: readonly string[], options: GroupOptions): ProcessGroup {
  const { cwd, env, stdout, channel = false, guard } = options;
  const child = spawn(program, args, {
    cwd,
    env,
    detached: true,
    stdio: channel ? ['ignore', stdout, 'pipe', 'ipc'] : ['ignore', stdout, 'pipe'],
    serialization: 'advanced',
    windowsHide: true,
  });
  const { pid } = child;
  const release = pid === undefined ? () => {} : guard.group(pid);
  const kill = (signal: NodeJS.Signals) => {
    if (pid !== undefined) signalGroup(pid, signal);
  };
  const exited = exitOf(child, 'exit').then((exit) => {
    kill('SIGKILL');
    release();
    return exit;
  });
  return { child, exited, closed: exitOf(child, 'close'), kill };
}
