import { randomUUID } from 'node:crypto';
import { readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { sleep } from '../../base/deadline.ts';

/** Held until it is disposed of. */
export interface BuildLock extends AsyncDisposable {
  /** False when another process took it over because it believed this one dead (a machine that slept). */
  isHeld(): Promise<boolean>;
}

export interface LockTimes {
  readonly heartbeatMs: number;
  /** A lock without a heartbeat for this long, while we watch, was left behind. */
  readonly staleMs: number;
  readonly pollMs: number;
}

const usualTimes: LockTimes = { heartbeatMs: 5000, staleMs: 30_000, pollMs: 500 };

interface Holder {
  readonly token: string;
  readonly pid: number;
  readonly host: string;
}

/**
 * Takes the lock file, and waits while another process holds it. (Node has no access to the kernel's file locks.) The lock
 * only avoids a second build. Two builds at once do no harm: cargo locks the target folder, and the install is atomic. So
 * two processes that break a dead lock at the same moment may both proceed.
 * Rejects with the signal's reason or the system's error.
 * @param onWait called at each look at a lock that another process holds
 */
export async function takeBuildLock(
  path: string,
  onWait: (holder: { readonly pid: number | undefined }) => void,
  signal: AbortSignal,
  { heartbeatMs, staleMs, pollMs }: LockTimes = usualTimes,
): Promise<BuildLock> {
  const own: Holder = { token: randomUUID(), pid: process.pid, host: hostname() };
  let last = { beat: Number.NaN, looks: 0 };
  while (!(await create(path, own))) {
    signal.throwIfAborted();
    const holder = await readHolder(path);
    const { mtimeMs: beat } = await stat(path).catch(() => ({ mtimeMs: Number.NaN }));
    last = { beat, looks: beat === last.beat ? last.looks + 1 : 0 };
    // Looks are counted, not time: a process that was itself suspended saw no heartbeat.
    if (last.looks * pollMs > staleMs || (holder && isDead(holder))) {
      await rm(path, { force: true });
    } else {
      onWait({ pid: holder?.pid });
      await sleep(pollMs, signal);
    }
  }
  const beat = setInterval(() => {
    // A lock that is gone is noticed in isHeld, where it matters.
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

/** Undefined when the lock is gone, or not written yet. */
async function readHolder(path: string): Promise<Holder | undefined> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as Holder;
  } catch {
    return undefined;
  }
}

/** Only a process of this machine is known to be dead. Of another machine's there is only the heartbeat. */
function isDead({ pid, host }: Holder): boolean {
  if (host !== hostname()) return false;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}
