import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { ExitGuard } from '../../src/base/exit-guard.ts';

const STAMP = 'ready';

/**
 * Returns a folder that is made when it is not there. It is made under another name beside its own, gets a stamp last and
 * then its name: an interrupted making is never taken for the whole, and of two at a time one wins.
 * @param make fills the folder that it is given, whose name is not the final one
 */
export async function madeOnce(
  folder: string,
  make: (partial: string) => Promise<void>,
  guard: ExitGuard,
): Promise<string> {
  if (isReady(folder)) return folder;
  const parent = path.dirname(folder);
  await mkdir(parent, { recursive: true });
  await removeLeftovers(parent);
  const partial = await mkdtemp(path.join(parent, `partial-${process.pid}-`));
  const release = guard.folder(partial);
  try {
    await make(partial);
    await writeFile(path.join(partial, STAMP), `${new Date().toISOString()}\n`);
    await adopt(partial, folder);
  } finally {
    await rm(partial, { recursive: true, force: true });
    release();
  }
  return folder;
}

async function adopt(partial: string, folder: string): Promise<void> {
  try {
    await rename(partial, folder);
  } catch {
    // Another process was quicker, or what stands there has no stamp and was not made by us.
    if (isReady(folder)) return;
    await rm(folder, { recursive: true, force: true });
    await rename(partial, folder);
  }
}

function isReady(folder: string): boolean {
  return existsSync(path.join(folder, STAMP));
}

/** What processes that are gone have left half done. */
async function removeLeftovers(parent: string): Promise<void> {
  for (const name of await readdir(parent)) {
    const [, pid] = /^partial-(\d+)-/.exec(name) ?? [];
    if (pid === undefined || isAlive(Number(pid))) continue;
    // A program that it had started may still write there; the next time will find it ended.
    await rm(path.join(parent, name), { recursive: true, force: true }).catch(() => {});
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
