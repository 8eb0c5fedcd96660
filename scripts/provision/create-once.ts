import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { ExitGuard } from '../../src/base/exit-guard.ts';

const STAMP = 'ready';

/**
 * Creates a folder unless it exists, and returns its path. Fills it under a temporary name, adds a stamp and renames
 * it, so an interrupted run never leaves a folder that looks complete. If two processes create it, one of them wins.
 * @param fill fills the folder that it gets, whose name is temporary
 */
export async function createOnce(
  folder: string,
  fill: (partial: string) => Promise<void>,
  guard: ExitGuard,
): Promise<string> {
  if (isReady(folder)) return folder;
  const parent = path.dirname(folder);
  await mkdir(parent, { recursive: true });
  await removeLeftovers(parent);
  const partial = await mkdtemp(path.join(parent, `partial-${process.pid}-`));
  const release = guard.folder(partial);
  try {
    await fill(partial);
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
    // Another process was faster, or the existing folder has no stamp and is incomplete.
    if (isReady(folder)) return;
    await rm(folder, { recursive: true, force: true });
    await rename(partial, folder);
  }
}

function isReady(folder: string): boolean {
  return existsSync(path.join(folder, STAMP));
}

/** Removes the unfinished folders of processes that no longer exist. */
async function removeLeftovers(parent: string): Promise<void> {
  for (const name of await readdir(parent)) {
    const [, pid] = /^partial-(\d+)-/.exec(name) ?? [];
    if (pid === undefined || isAlive(Number(pid))) continue;
    // A program that the process started may still write there. The next run removes the folder then.
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
