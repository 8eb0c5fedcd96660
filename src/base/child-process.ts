import { type ChildProcess, spawn } from 'node:child_process';
import { type ExitGuard, signalGroup } from './exit-guard.ts';
import { exitOf, type ProcessExit } from './process-exit.ts';

export interface GroupOptions {
  readonly cwd?: string;
  /** The whole environment of the program. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdout: 'pipe' | 'ignore';
  readonly guard: ExitGuard;
}

/** A program that runs in a process group of its own. */
export interface ProcessGroup {
  readonly child: ChildProcess;
  /** Resolves when the program has ended, or could not be started. What is left of its group has been killed then. */
  readonly exited: Promise<ProcessExit>;
  /** The same, when its output has been read to the end as well. */
  readonly closed: Promise<ProcessExit>;
  /** Sends a signal to the whole group; nothing happens when it is gone. */
  kill(signal: NodeJS.Signals): void;
}

/**
 * Starts a program in a process group of its own, with nothing on its stdin. The group matters because programs have
 * children that may outlive them: a worker its job, cargo its compilers. The guard kills the group if this process ends first.
 */
export function startGroup(program: string, args: readonly string[], options: GroupOptions): ProcessGroup {
  const { cwd, env, stdout, guard } = options;
  const child = spawn(program, args, {
    cwd,
    env,
    detached: true,
    stdio: ['ignore', stdout, 'pipe'],
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
