import { type ProcessGroup, startGroup } from '../../base/child-process.ts';
import { sleep } from '../../base/deadline.ts';
import type { ExitGuard } from '../../base/exit-guard.ts';
import type { Log } from '../../base/log.ts';
import type { ProcessExit } from '../../base/process-exit.ts';
import { type JobProgress, progressIn } from './job-progress.ts';
import type { Program } from './program.ts';
import { StderrLines } from './stderr-lines.ts';

interface WorkerProcessOptions {
  readonly program: Program;
  readonly args: readonly string[];
  readonly cwd: string;
  /** Directives for `RUST_LOG`, the only variable of a worker besides those of its program. */
  readonly logDirectives: string;
  readonly log: Log;
  readonly guard: ExitGuard;
}

const MAX_STDERR_LINES = 20;
/** Of one worker. A worker with debug output writes some KiB for each job. */
const MAX_LOGGED_CHARACTERS = 4 * 1024 * 1024;
const GRACE_MS = 1000;

/**
 * A prepare worker's process, without our environment. It has its own process group, because a running job is a child of the
 * worker and outlives it (protocol, 1.6).
 */
export class WorkerProcess {
  private readonly group: ProcessGroup;
  private readonly stderr: string[] = [];
  private logged = 0;
  private hasExited = false;
  private onProgress: ((progress: JobProgress) => void) | undefined;

  constructor({ program, args, cwd, logDirectives, log, guard }: WorkerProcessOptions) {
    const env = { ...program.env, RUST_LOG: logDirectives };
    // Polkadot's host pipes stdout to detect the worker's death. `exited` reports that, and workers write nothing to stdout.
    this.group = startGroup(program.file, [...program.leadingArgs, ...args], { cwd, env, stdout: 'ignore', guard });
    void this.exited.then(() => {
      this.hasExited = true;
    });
    this.followStderr(log);
  }

  get exited(): Promise<ProcessExit> {
    return this.group.exited;
  }

  get pid(): number | undefined {
    return this.group.child.pid;
  }

  get alive(): boolean {
    return !this.hasExited && this.pid !== undefined;
  }

  /** The last lines of the worker's stderr, for an error message. */
  get stderrTail(): string {
    return this.stderr.join('\n');
  }

  /** Reports the running job's progress to one listener until the returned object is disposed of. */
  followProgress(listener: (progress: JobProgress) => void): Disposable {
    this.onProgress = listener;
    return {
      [Symbol.dispose]: () => {
        this.onProgress = undefined;
      },
    };
  }

  /** Ends the whole group with SIGTERM, then after a second with SIGKILL. Resolves when the worker is gone. */
  async end(): Promise<void> {
    if (!this.alive) return;
    this.group.kill('SIGTERM');
    const grace = new AbortController();
    await Promise.race([this.exited, sleep(GRACE_MS, grace.signal).catch(() => {})]);
    grace.abort();
    this.group.kill('SIGKILL');
    await this.exited;
  }

  private followStderr(log: Log): void {
    const { stderr } = this.group.child;
    // Without a free file descriptor for the pipe, Node leaves it undefined.
    if (!stderr) return;
    const lines = new StderrLines();
    stderr.on('error', (error) => log.debug(`worker ${this.pid}: its stderr can't be read: ${error.message}`));
    stderr.setEncoding('utf8').on('data', (text: string) => {
      for (const line of lines.push(text)) this.onLine(line, log);
    });
    stderr.on('end', () => {
      for (const line of lines.end()) this.onLine(line, log);
    });
  }

  private onLine(line: string, log: Log): void {
    this.logLine(line, log);
    const progress = progressIn(line);
    if (progress !== undefined) {
      this.onProgress?.(progress);
      return;
    }
    this.stderr.push(line);
    if (this.stderr.length > MAX_STDERR_LINES) this.stderr.shift();
  }

  /** Logs a bounded number of characters, because a slow terminal would keep the rest in memory. */
  private logLine(line: string, log: Log): void {
    if (this.logged > MAX_LOGGED_CHARACTERS) return;
    this.logged += line.length + 1;
    const isLast = this.logged > MAX_LOGGED_CHARACTERS;
    log.debug(`worker ${this.pid}: ${isLast ? '… (truncated: it writes too much)' : line}`);
  }
}
