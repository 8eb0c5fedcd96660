/** Removes folders whatever a faulty or hostile program has put into them: deep, huge or unreadable trees, and links. */
import { randomBytes } from 'node:crypto';
import { chmodSync, type Dirent, lstatSync, opendirSync, renameSync, rmdirSync, rmSync, unlinkSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';

/** How long the asynchronous functions may block the thread, in milliseconds. */
const SLICE_MS = 5;

/** On Windows a file stays busy for a moment after its process has ended. */
const onWindows = { recursive: true, force: true, maxRetries: 3 } as const;

/** Removes a folder with its content. Does nothing when it does not exist. Rejects with the system's error. */
export async function removeFolder(folder: string): Promise<void> {
  await (process.platform === 'win32' ? rm(folder, onWindows) : inSlices(removal(folder)));
}

/** Like `removeFolder`, but throws. For the end of the process. */
export function removeFolderSync(folder: string): void {
  if (process.platform === 'win32') rmSync(folder, onWindows);
  else for (const _ of removal(folder));
}

/** Removes the content of a folder. Rejects with the system's error, or with the signal's reason before it is done. */
export function emptyFolder(folder: string, signal?: AbortSignal): Promise<void> {
  return inSlices(emptying(folder), signal);
}

async function inSlices(steps: Iterable<void>, signal?: AbortSignal): Promise<void> {
  let sliceEnd = performance.now() + SLICE_MS;
  for (const _ of steps) {
    if (performance.now() < sliceEnd) continue;
    await setImmediate();
    signal?.throwIfAborted();
    sliceEnd = performance.now() + SLICE_MS;
  }
}

function* removal(folder: string): Iterable<void> {
  const stats = lstatSync(folder, { throwIfNoEntry: false });
  if (stats === undefined) return;
  if (!stats.isDirectory()) {
    unlinkSync(folder);
    return;
  }
  yield* emptying(folder);
  unlessGone(() => rmdirSync(folder));
}

/**
 * Yields after each file. Moves nested folders to the top instead of descending into them: so neither the stack nor the
 * system's longest path limits the depth.
 */
function* emptying(folder: string): Iterable<void> {
  const folders: string[] = [];
  for (const entry of entriesOf(folder)) {
    if (entry.isDirectory()) folders.push(join(folder, entry.name));
    else unlink(folder, entry.name);
    yield;
  }
  for (let top = folders.pop(); top !== undefined; top = folders.pop()) {
    for (const entry of entriesOf(top)) {
      if (entry.isDirectory()) folders.push(moveUp(folder, top, entry.name));
      else unlink(top, entry.name);
      yield;
    }
    const emptied = top;
    unlessGone(() => rmdirSync(emptied));
  }
}

/** Reads a folder piece by piece. A folder that disappears is empty. */
function* entriesOf(folder: string): Iterable<Dirent> {
  const dir = unlessGone(() => withAccess(folder, () => opendirSync(folder)));
  if (dir === undefined) return;
  try {
    for (let entry = dir.readSync(); entry !== null; entry = dir.readSync()) yield entry;
  } finally {
    dir.closeSync();
  }
}

function unlink(folder: string, name: string): void {
  unlessGone(() => withAccess(folder, () => unlinkSync(join(folder, name))));
}

/** Moves a nested folder into `root`, and returns its new path. */
function moveUp(root: string, folder: string, name: string): string {
  const from = join(folder, name);
  const to = join(root, `.${randomBytes(8).toString('hex')}`);
  // A folder can only be moved by who may write to it.
  unlessGone(() => withAccess(folder, () => withAccess(from, () => renameSync(from, to))));
  return to;
}

/** Makes the folder accessible when that is what `action` lacks. */
function withAccess<T>(folder: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EACCES') throw error;
    chmodSync(folder, 0o700);
    return action();
  }
}

function unlessGone<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
