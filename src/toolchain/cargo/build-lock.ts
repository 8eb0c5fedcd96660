import { randomUUID } from 'node:crypto';
import { readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { sleep } from '../../base/deadline.ts';

/** Held until it is disposed of. */
interface BuildLock extends AsyncDisposable {
  /** False when another process has taken over the lock, believing this process dead (after the machine slept). */
  isHeld(): Promise<boolean>;
}

export interface LockTimes {
  readonly heartbeatMs: number;
  /** A lock is abandoned when we observe no heartbeat for this long. */
  readonly staleMs: number;
  readonly pollMs: number;
}

const defaultTimes: LockTimes = { heartbeatMs: 5000, staleMs: 30_000, pollMs: 500 };

interface Holder {
  readonly token: string;
  readonly pid: number;
  readonly host: string;
}

/**
 * Takes the lock file. Waits while another process holds it. (Node has no access to the kernel's file locks.) The lock only
 * saves a second build. Two parallel builds do no harm: cargo locks the target folder, and the install is atomic. So two
 * processes that break an abandoned lock at the same moment may both proceed.
 * Rejects with the signal's reason or the system's error.
 * @param onWait called for each poll that finds the lock taken
 */
export async function takeBuildLock(
  path: string,
  onWait: (holder: { readonly pid: number | undefined }) => void,
  signal: AbortSignal,
  { heartbeatMs, staleMs, pollMs }: LockTimes = defaultTimes,
): Promise<BuildLock> {
  const own: Holder = { token: randomUUID(), pid: process.pid, host: hostname() };
  let last = { beat: Number.NaN, polls: 0 };
  while (!(await create(path, own))) {
    signal.throwIfAborted();
    const holder = await readHolder(path);
    const { mtimeMs: beat } = await stat(path).catch(() => ({ mtimeMs: Number.NaN }));
    last = { beat, polls: beat === last.beat ? last.polls + 1 : 0 };
    // Counts polls, not time: while this process is suspended, it observes no heartbeat.
    if (last.polls * pollMs > staleMs || (holder && isDead(holder))) {
      await rm(path, { force: true });
    } else {
      onWait({ pid: holder?.pid });
      await sleep(pollMs, signal);
    }
  }
  const beat = setInterval(() => {
    // isHeld detects a lost lock.
    utimes(path, new Date(), new Date()).catch(() => {});
  }, heartbeatMs).unref();
  const isHeld = async () => (await readHolder(path))?.token === own.token;
  return {
    isHeld,
    [Symbol.asyncDispose]: async () => {
      clearInterval(beat);
      if (await isHeld()) await rm(path, { force: true });
    },
  };
}

async function create(path: string, holder: Holder): Promise<boolean> {
  try {
    await writeFile(path, JSON.stringify(holder), { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Undefined when the lock file is missing or incomplete. */
async function readHolder(path: string): Promise<Holder | undefined> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as Holder;
  } catch {
    return undefined;
  }
}

/** Detects dead processes of this machine only. For other machines there is only the heartbeat. */
function isDead({ pid, host }: Holder): boolean {
  if (host !== hostname()) return false;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}
