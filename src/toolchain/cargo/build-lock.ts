import { randomBytes } from 'node:crypto';
import { readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { sleep } from '../../base/deadline.ts';

/** Held until it is disposed of. */
export interface BuildLock extends AsyncDisposable {
  /** False when another process took it over, believing us dead (a machine that slept). */
  isHeld(): Promise<boolean>;
}

export interface LockTimes {
  readonly heartbeatMs: number;
  /** A lock whose time stands still for that long, while we watch, was left behind. */
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
 * Takes the lock file, waiting while another process holds it. (Node has no file locks of the kernel's.) The lock spares a
 * second build; what must never go wrong without it, cargo's own lock on the target folder and the atomic install see to.
 * Rejects with the signal's reason or the system's error.
 * @param onWait called at each look at a lock that another process holds
 */
export async function takeBuildLock(
  path: string,
  onWait: (holder: { readonly pid: number | undefined }) => void,
  signal: AbortSignal,
  times: LockTimes = usualTimes,
): Promise<BuildLock> {
  const holder: Holder = { token: randomBytes(12).toString('hex'), pid: process.pid, host: hostname() };
  let watched = { beat: Number.NaN, looks: 0 };
  while (!(await create(path, holder))) {
    signal.throwIfAborted();
    const beat = await beatOf(path);
    watched = { beat, looks: beat === watched.beat ? watched.looks + 1 : 0 };
    const other = await readHolder(path);
    // Looks are counted, not time: while this process itself stood still it saw nothing.
    const isStill = watched.looks * times.pollMs > times.staleMs;
    if (isStill || (other && isDead(other))) {
      await breakLock(path, other);
    } else {
      onWait({ pid: other?.pid });
      await sleep(times.pollMs, signal);
    }
  }
  return held(path, holder, times);
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

function held(path: string, holder: Holder, { heartbeatMs }: LockTimes): BuildLock {
  const isHeld = async () => (await readHolder(path))?.token === holder.token;
  const beat = setInterval(() => {
    const now = new Date();
    // A lock that is gone is noticed where it matters, in isHeld.
    utimes(path, now, now).catch(() => {});
  }, heartbeatMs);
  beat.unref();
  return {
    isHeld,
    [Symbol.asyncDispose]: async () => {
      clearInterval(beat);
      if (await isHeld()) await rm(path, { force: true });
    },
  };
}

async function beatOf(path: string): Promise<number> {
  return stat(path).then(
    ({ mtimeMs }) => mtimeMs,
    () => Number.NaN,
  );
}

async function readHolder(path: string): Promise<Holder | undefined> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as Holder;
  } catch {
    // Gone, or not written yet.
    return undefined;
  }
}

/** Surely dead: a process of this machine that is no more. Of another machine's we can only watch the heartbeat. */
function isDead({ pid, host }: Holder): boolean {
  if (host !== hostname()) return false;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}

/** Removes a lock that was left behind, but not the new one of somebody who has just done the same. */
async function breakLock(path: string, seen: Holder | undefined): Promise<void> {
  const aside = `${path}.${randomBytes(6).toString('hex')}`;
  try {
    await rename(path, aside);
  } catch {
    return;
  }
  const taken = await readHolder(aside);
  if (taken?.token !== seen?.token) await writeFile(path, JSON.stringify(taken), { flag: 'wx' }).catch(() => {});
  await rm(aside, { force: true });
}
