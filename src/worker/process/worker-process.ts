import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { sleep } from '../../base/deadline.ts';
import { type ExitGuard, signalGroup } from '../../base/exit-guard.ts';
import type { Log } from '../../base/log.ts';

/** How a process ended. */
export type Exit =
  | { readonly kind: 'exited'; readonly code: number }
  | { readonly kind: 'killed'; readonly signal: NodeJS.Signals }
  | { readonly kind: 'not-started'; readonly error: NodeJS.ErrnoException };

export function describeExit(exit: Exit): string {
  switch (exit.kind) {
    case 'exited':
      return `exited with status ${exit.code}`;
    case 'killed':
      return `was ended by ${exit.signal}`;
    case 'not-started':
      return `could not be started: ${exit.error.message}`;
  }
}

export interface WorkerProcessOptions {
  readonly program: string;
  readonly args: readonly string[];
  readonly cwd: string;
  /** Directives for `RUST_LOG`, the only variable that a worker may have. */
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
  readonly exited: Promise<Exit>;
  private readonly child: ChildProcess;
  private readonly stderr: string[] = [];
  private hasExited = false;

  constructor({ program, args, cwd, logDirectives, log, guard }: WorkerProcessOptions) {
    this.child = spawn(program, args, {
      cwd,
      env: { RUST_LOG: logDirectives },
      detached: true,
      // Polkadot's host pipes stdout to notice death by; `exited` tells us that, and a worker never writes there.
      stdio: ['ignore', 'ignore', 'pipe'],
      windowsHide: true,
    });
    const release = this.child.pid === undefined ? () => {} : guard.group(this.child.pid);
    this.exited = new Promise((resolve) => {
      this.child.once('error', (error: NodeJS.ErrnoException) => resolve({ kind: 'not-started', error }));
      this.child.once('exit', (code, signal) => {
        resolve(signal === null ? { kind: 'exited', code: code ?? 0 } : { kind: 'killed', signal });
      });
    });
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
      this.stderr.push(line);
      if (this.stderr.length > STDERR_LINES_KEPT) this.stderr.shift();
    });
  }
}
