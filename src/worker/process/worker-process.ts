import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { sleep } from '../../base/deadline.ts';
import { type ExitGuard, signalGroup } from '../../base/exit-guard.ts';
import type { Log } from '../../base/log.ts';
import { exitOf, type ProcessExit } from '../../base/process-exit.ts';
import { type JobProgress, progressIn } from './job-progress.ts';
import type { Program } from './program.ts';

export interface WorkerProcessOptions {
  readonly program: Program;
  readonly args: readonly string[];
  readonly cwd: string;
  /** Directives for `RUST_LOG`, the only variable that a worker may have beside its program's own. */
  readonly logDirectives: string;
  readonly log: Log;
  readonly guard: ExitGuard;
}

const STDERR_LINES_KEPT = 20;
const GRACE_MS = 1000;

/**
 * A prepare worker's process, in a group of its own, with nothing of our environment.
 * The group matters: a running job is a child of the worker and outlives it (protocol, 1.6).
 */
export class WorkerProcess {
  readonly exited: Promise<ProcessExit>;
  private readonly child: ChildProcess;
  private readonly stderr: string[] = [];
  private hasExited = false;
  private onProgress: ((progress: JobProgress) => void) | undefined;

  constructor({ program, args, cwd, logDirectives, log, guard }: WorkerProcessOptions) {
    this.child = spawn(program.file, [...program.leadingArgs, ...args], {
      cwd,
      env: { ...program.env, RUST_LOG: logDirectives },
      detached: true,
      // Polkadot's host pipes stdout to notice death by; `exited` tells us that, and a worker never writes there.
      stdio: ['ignore', 'ignore', 'pipe'],
      windowsHide: true,
    });
    const release = this.child.pid === undefined ? () => {} : guard.group(this.child.pid);
    this.exited = exitOf(this.child, 'exit');
    void this.exited.then(() => {
      this.hasExited = true;
      // Its job may still be running.
      if (this.child.pid !== undefined) signalGroup(this.child.pid, 'SIGKILL');
      release();
    });
    this.followStderr(log);
  }

  get pid(): number | undefined {
    return this.child.pid;
  }

  get alive(): boolean {
    return !this.hasExited && this.child.pid !== undefined;
  }

  /** The last lines that the worker wrote, for an error message. */
  get lastWords(): string {
    return this.stderr.join('\n');
  }

  /** Tells one listener of the running job's progress, until it is disposed of. */
  followProgress(listener: (progress: JobProgress) => void): Disposable {
    this.onProgress = listener;
    return {
      [Symbol.dispose]: () => {
        this.onProgress = undefined;
      },
    };
  }

  /** Ends the whole group: TERM, then KILL after a second, then waits until the worker is gone. */
  async end(): Promise<void> {
    if (this.child.pid === undefined || this.hasExited) return;
    signalGroup(this.child.pid, 'SIGTERM');
    const grace = new AbortController();
    await Promise.race([this.exited, sleep(GRACE_MS, grace.signal).catch(() => {})]);
    grace.abort();
    signalGroup(this.child.pid, 'SIGKILL');
    await this.exited;
  }

  private followStderr(log: Log): void {
    const { stderr } = this.child;
    if (stderr === null) return;
    createInterface({ input: stderr }).on('line', (line) => {
      log.debug(`worker ${this.child.pid}: ${line}`);
      const progress = progressIn(line);
      if (progress !== undefined) {
        this.onProgress?.(progress);
        return;
      }
      this.stderr.push(line);
      if (this.stderr.length > STDERR_LINES_KEPT) this.stderr.shift();
    });
  }
}
