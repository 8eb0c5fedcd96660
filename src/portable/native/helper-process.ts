import { type ChildProcessByStdio, spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { exitOf, type ProcessExit } from '../../base/process-exit.ts';
import { type HelperAnswer, type HelperLine, readHelperLine } from './helper-line.ts';

interface HelperRun {
  readonly program: string;
  readonly args: readonly string[];
  readonly cwd: string;
  /** The blob to compile. */
  readonly code: Uint8Array;
  readonly onLine: (line: Exclude<HelperLine, HelperAnswer>) => void;
  readonly signal: AbortSignal;
}

export interface HelperEnd {
  /** Absent when the helper died without one. */
  readonly answer?: HelperAnswer;
  readonly exit: ProcessExit;
  readonly pid: number;
  readonly wallMs: number;
}

/**
 * Runs the helper for one job, without an environment. The helper always ends with this process: a signal to their common
 * process group reaches it, and it watches its stdin, which closes when this process is killed. Rejects with the signal's
 * reason, after the helper has ended.
 */
export async function runHelper({ program, args, cwd, code, onLine, signal }: HelperRun): Promise<HelperEnd> {
  signal.throwIfAborted();
  const started = performance.now();
  // The helper shares our stderr, which the host reads.
  const child = spawn(program, args, { cwd, env: {}, stdio: ['pipe', 'pipe', 'inherit'], windowsHide: true });
  const ended = exitOf(child, 'close');
  const kill = () => child.kill('SIGKILL');
  signal.addEventListener('abort', kill, { once: true });
  try {
    feed(child.stdin, code);
    const answer = listen(child, onLine);
    const exit = await ended;
    signal.throwIfAborted();
    const wallMs = performance.now() - started;
    return { exit, pid: child.pid ?? 0, wallMs, ...(answer.last === undefined ? {} : { answer: answer.last }) };
  } finally {
    signal.removeEventListener('abort', kill);
    child.stdin.destroy();
  }
}

/** Sends the length and the code. Keeps the stream open, because the helper exits when it ends. */
function feed(stdin: Writable, code: Uint8Array): void {
  const head = Buffer.alloc(8);
  head.writeBigUInt64LE(BigInt(code.length));
  // If the helper dies before it has read everything, its exit status reports that.
  stdin.on('error', () => {});
  stdin.write(head);
  stdin.write(code);
}

function listen(
  { stdout }: ChildProcessByStdio<Writable, Readable, null>,
  onLine: HelperRun['onLine'],
): { readonly last: HelperAnswer | undefined } {
  let last: HelperAnswer | undefined;
  let rest = '';
  stdout.setEncoding('utf8').on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const text of lines) {
      const line = readHelperLine(text);
      if (line?.kind === 'ok' || line?.kind === 'err') last = line;
      else if (line !== undefined) onLine(line);
    }
  });
  return {
    get last() {
      return last;
    },
  };
}
