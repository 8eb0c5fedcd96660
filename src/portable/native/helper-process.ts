import { type ChildProcessByStdio, spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { exitOf, type ProcessExit } from '../../base/process-exit.ts';
import { type HelperAnswer, type HelperLine, readHelperLine } from './helper-line.ts';

export interface HelperRun {
  readonly program: string;
  readonly args: readonly string[];
  readonly cwd: string;
  /** What the helper is to compile. */
  readonly code: Uint8Array;
  readonly onLine: (line: Exclude<HelperLine, HelperAnswer>) => void;
  readonly signal: AbortSignal;
}

export interface HelperEnd {
  /** Absent: it died before it had one. */
  readonly answer?: HelperAnswer;
  readonly exit: ProcessExit;
  readonly pid: number;
  readonly wallMs: number;
}

/**
 * Runs the helper for one job, with no environment. It belongs to our own process group and holds our end of its stdin, so
 * that it ends with us in any case: whoever ends the group ends it, and when we alone are killed it sees its input end.
 * Rejects with the signal's reason, when the helper is gone.
 */
export async function runHelper({ program, args, cwd, code, onLine, signal }: HelperRun): Promise<HelperEnd> {
  signal.throwIfAborted();
  const started = performance.now();
  // What it says on stderr goes where our own words go, and so to the host.
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

/** The length first; the stream stays open as a sign of our life. */
function feed(stdin: Writable, code: Uint8Array): void {
  const head = Buffer.alloc(8);
  head.writeBigUInt64LE(BigInt(code.length));
  // A helper that has died before it read everything is told of by its exit.
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
